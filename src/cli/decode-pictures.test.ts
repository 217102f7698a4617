import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testIo } from "../../test/cli/test-io.js";
import { encodePng } from "../data/index.js";
import { decodePictures } from "./decode-pictures.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-decode-"));
  for (const [name, side] of [
    ["small.png", 20],
    ["large.png", 2400],
  ] as const) {
    await writeFile(
      join(folder, name),
      await encodePng(new Uint8Array(side * side), { width: side, height: side }),
    );
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function groupsOf(files: readonly string[]): Promise<string[][]> {
  const stdin = await encodePng(new Uint8Array(100), { width: 10, height: 10 });
  const groups: string[][] = [];
  for await (const group of decodePictures(files, testIo({ cwd: folder, stdin }))) {
    groups.push(
      group.map((item) => ("picture" in item ? `${item.picture.width}` : `no ${item.file}`)),
    );
  }
  return groups;
}

describe("decodePictures", () => {
  it("decodes 32 small pictures at once", async () => {
    const groups = await groupsOf(Array<string>(40).fill("small.png"));
    expect(groups.map(({ length }) => length)).toEqual([32, 8]);
  });

  it("decodes at most 10 megapixels at once, and one picture that has more", async () => {
    const [small, large] = ["small.png", "large.png"];
    expect(await groupsOf([large, small, large, large, small, "-", small])).toEqual([
      ["2400", "20"],
      ["2400"],
      ["2400", "20"],
      ["10"],
      ["20"],
    ]);
  });

  it("has the error of a file in its place", async () => {
    expect(await groupsOf(["none.png", "small.png", "."])).toEqual([["no none.png", "20", "no ."]]);
  });
});
