import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileAtomic } from "./write-file-atomic.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("writeFileAtomic", () => {
  it("writes a file, with the folders on the way, and leaves nothing else", async () => {
    const path = join(folder, "a", "b.bin");
    await writeFileAtomic(path, Uint8Array.of(1, 2));
    expect([...(await readFile(path))]).toEqual([1, 2]);
    expect(await readdir(join(folder, "a"))).toEqual(["b.bin"]);
  });

  it("replaces an older file", async () => {
    const path = join(folder, "a.txt");
    await writeFile(path, "older and longer");
    await writeFileAtomic(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
  });

  it("leaves no draft behind when it fails", async () => {
    const path = join(folder, "taken");
    await mkdir(path);
    await writeFile(join(path, "file"), "");
    await expect(writeFileAtomic(path, "new")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("shows a reader one version or the other while writers race", async () => {
    const path = join(folder, "a.txt");
    const versions = ["a", "b"].map((letter) => letter.repeat(500_000));
    await writeFileAtomic(path, versions[0]);
    const writing = Promise.all(
      Array.from({ length: 10 }, (_, i) => writeFileAtomic(path, versions[i % 2])),
    );
    for (let i = 0; i < 20; i++) expect(versions).toContain(await readFile(path, "utf8"));
    await writing;
    expect(versions).toContain(await readFile(path, "utf8"));
  });
});
