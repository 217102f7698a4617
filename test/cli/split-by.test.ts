import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { idxFile } from "../idx-file.js";
import { testIo } from "./test-io.js";

/** Four writers of ten, ten, ten and thirty images. */
const writers = [...Array(30).keys()].map((i) => Math.floor(i / 10)).concat(Array(30).fill(3));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-cli-"));
  const set = join(folder, "unipen");
  await mkdir(set);
  for (const [part, count] of [
    ["train", 60],
    ["test", 5],
  ] as const) {
    const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => (37 * i) % 256);
    const labels = Array.from({ length: count }, (_, i) => i % 2);
    const [images, names] = [idxFile([count, 28, 28], pixels), idxFile([count], labels)];
    await writeFile(join(set, `unipen-${part}-images-idx3-ubyte.gz`), gzipSync(images));
    await writeFile(join(set, `unipen-${part}-labels-idx1-ubyte.gz`), gzipSync(names));
  }
  const lines = writers.map((writer) => JSON.stringify({ label: "a", writer, strokes: [[0, 0]] }));
  await writeFile(join(set, "unipen-train-strokes.ndjson.gz"), gzipSync(`${lines.join("\n")}\n`));
});
afterAll(() => rm(folder, { recursive: true }));

async function plan(...argv: string[]) {
  const io = testIo({ cwd: folder, env: { INKLING_DATA: folder } });
  const code = await main(["train", "softmax", "--dry-run", ...argv], io);
  return { io, code };
}

describe("inkling train --split-by writer", () => {
  it("holds out whole writers for validation", async () => {
    const { io, code } = await plan(
      "--data",
      "unipen",
      "--split-by",
      "writer",
      "--validation",
      "0.2",
    );
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.out).toMatch(/unipen: 50 to learn from, 10 to validate on, 5 to test on/);
  });

  it("keeps the writers of a fold apart, and those of the images held out of the rest", async () => {
    const argv = [
      "--data",
      "unipen",
      "--split-by",
      "writer",
      "--fold",
      "1/2",
      "--validation",
      "0.3",
    ];
    const { io } = await plan(...argv);
    // Two folds of 30 images: the writer of thirty, and the three others, of which one validates.
    expect(io.out).toMatch(/unipen: 20 to learn from, 10 to validate on, 30 to test on/);
  });

  it.each([
    [["--data", "synthetic"], 1, "data set synthetic: its writers must be known, got none"],
    [["--data", "unipen", "--whole"], 2, "--split-by: must not go with --whole"],
  ])("is refused with %j", async (argv, code, problem) => {
    const refused = await plan(...argv, "--split-by", "writer");
    expect(refused.code).toBe(code);
    expect(refused.io.err).toContain(problem);
  });
});
