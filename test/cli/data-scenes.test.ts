import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { loadPicture } from "../../src/node/index.js";
import { testIo } from "./test-io.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-scenes-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function scenes(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(["data", "scenes", ...argv], io) };
}

describe("inkling data scenes", () => {
  it("keeps scenes below a folder for their label, the same for the same seed", async () => {
    const { io, code } = await scenes("--count", "6", "--kind", "tiny", "--out", "one", "--json");
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const records = io.records as { label: string; file: string; width: number }[];
    expect(records).toHaveLength(6);
    for (const { label, file, width } of records) {
      expect(file.startsWith(label)).toBe(true);
      expect((await loadPicture(join(folder, "one", file))).width).toBe(width);
    }
    await scenes("--count", "6", "--kind", "tiny", "--out", "two");
    const { file } = records[0]!;
    expect(await readFile(join(folder, "two", file))).toEqual(
      await readFile(join(folder, "one", file)),
    );
    expect((await readdir(join(folder, "one"))).every((name) => /^\d$/.test(name))).toBe(true);
  });

  it("draws a sheet to look over", async () => {
    const { io, code } = await scenes("--count", "4", "--kind", "tiny", "--sheet", "sheet.png");
    expect([code, io.out]).toEqual([0, "4 scenes: sheet.png\n"]);
    const { width, height } = await loadPicture(join(folder, "sheet.png"));
    expect([width, height]).toEqual([4 + 4 * 154, 4 + 172]);
  });

  it("must be told where they go", async () => {
    const { io, code } = await scenes();
    expect(code).toBe(2);
    expect(io.err).toContain("data scenes: must be told where scenes go");
    expect(io.err).toContain("say --out <folder> or --sheet <file>");
  });

  it("names the kinds there are", async () => {
    const { io, code } = await scenes("--kind", "shadows", "--out", "x");
    expect(code).toBe(2);
    expect(io.err).toContain("shadow");
  });
});
