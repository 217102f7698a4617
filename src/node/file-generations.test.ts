import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileGenerations } from "./file-generations.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterEach(() => rm(folder, { recursive: true }));

const numbered = (value: number) => new TextEncoder().encode(`number ${value}`);

async function read(bytes: Uint8Array, path: string): Promise<number> {
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith("number ")) throw new Error(`${path}: broken`);
  return Number(text.slice(7));
}

describe("two generations of a file", () => {
  it("hold the newest and the one before, in two files taken in turn", async () => {
    const files = new FileGenerations(join(folder, "state-*.bin"));
    for (let value = 1; value <= 5; value++) await files.write(numbered(value));
    expect((await readdir(folder)).sort()).toEqual(["state-a.bin", "state-b.bin"]);
    const later = new FileGenerations(join(folder, "state-*.bin"));
    expect(await later.find(read, Number)).toEqual({ newest: 5, damaged: [] });
  });

  it("fall back to the older where the newest is damaged, say why, and write over the damaged one", async () => {
    const path = join(folder, "state-*.bin");
    const files = new FileGenerations(path);
    for (let value = 1; value <= 4; value++) await files.write(numbered(value));
    const newest = join(folder, "state-b.bin");
    await writeFile(newest, "rubbish");
    const later = new FileGenerations(path);
    const found = await later.find(read, Number);
    expect(found).toEqual({ newest: 3, damaged: [new Error(`${newest}: broken`)] });
    await later.write(numbered(5));
    expect(await files.find(read, Number)).toEqual({ newest: 5, damaged: [] });
    await writeFile(newest, "rubbish");
    expect((await files.find(read, Number)).newest).toBe(3);
  });

  it("are none at first, and after they were removed", async () => {
    const files = new FileGenerations(join(folder, "state-*.bin"));
    expect(await files.find(read, Number)).toEqual({ newest: undefined, damaged: [] });
    await files.write(numbered(1));
    await files.remove();
    expect(await readdir(folder)).toEqual([]);
  });
});
