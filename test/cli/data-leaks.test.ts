import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-cli-"));
  await writeTinyData(join(folder, "tiny"), { train: 100, test: 20 });
  await writeTinyData(join(folder, "again"), { train: 100, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(["data", "inspect", ...argv], io) };
}

describe("inkling data inspect --leaks", () => {
  it("looks in both parts and across them, and draws no sheet unless asked to", async () => {
    const { io, code } = await run("tiny", "--leaks");
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.out).toMatch(/^tiny, similarity from 0.97 on\n +images +copies +of them exact/);
    expect(io.out).toMatch(/\ntest in train +20 +0 +0 +0 /);
    expect(io.out).toMatch(/\nwithin train +100 +\d+ +0 +0 /);
    expect(io.out).toContain("\ntest in train: no copies found.\n");
    expect(io.out).not.toContain("png");
  });

  it("looks in another set: figures and pairs as JSON, pairs as a picture", async () => {
    const argv = ["again", "--against", "tiny", "--sheet", "pairs.png", "--json"];
    const { io, code } = await run(...argv);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const [record] = io.records as [{ comparisons: { comparison: string; pairs: object[] }[] }];
    expect(record).toMatchObject({
      name: "again",
      against: "tiny",
      threshold: 0.97,
      sheet: "pairs.png",
    });
    expect(record.comparisons.map(({ comparison }) => comparison)).toEqual([
      "train in tiny's train",
      "train in tiny's test",
      "test in tiny's train",
      "test in tiny's test",
    ]);
    const [first] = record.comparisons;
    expect(first).toMatchObject({
      images: 100,
      exact: 100,
      copies: 100,
      alike: 100,
      labelsDiffer: 0,
    });
    expect(first!.pairs[3]).toEqual({
      image: 3,
      other: 3,
      similarity: 1,
      standsOut: true,
      isExact: true,
    });
    expect((await readFile(join(folder, "pairs.png"))).subarray(1, 4).toString()).toBe("PNG");
    const text = await run("again", "--against", "tiny");
    expect(text.io.out).toContain(
      "train in tiny's train: 100 of 100 images (100.0 %) look like copies; a model trained on one side must not be tested on these.\n",
    );
  });

  it("wants a similarity from 0.5 to less than 1", async () => {
    const { io, code } = await run("tiny", "--leaks", "--threshold", "1");
    expect(code).toBe(2);
    expect(io.err).toMatch(
      /^inkling: --threshold: must be a number from 0.5 to less than 1, got "1"/,
    );
  });
});
