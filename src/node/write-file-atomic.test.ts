import { randomUUID } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataError } from "../base/index.js";
import { sweepDrafts, writeFileAtomic } from "./write-file-atomic.js";

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

  it("names a place that is taken, and leaves no draft behind", async () => {
    const path = join(folder, "taken");
    await mkdir(path);
    await writeFile(join(path, "file"), "");
    await expect(writeFileAtomic(path, "new")).rejects.toThrow(DataError);
    await expect(writeFileAtomic(path, "new")).rejects.toThrow(
      /^.*taken: must be a file that can be written, got E\w+: [^,]*$/,
    );
    expect(await readdir(folder)).toEqual(["taken"]);
    const below = join(path, "file", "a.txt");
    await expect(writeFileAtomic(below, "new")).rejects.toThrow(
      `${below}: must be a file that can`,
    );
  });

  it.skipIf(process.platform === "win32")(
    "leaves the old file alone in a folder it may not write to (skipped on Windows)",
    async () => {
      const path = join(folder, "a.txt");
      await writeFile(path, "old");
      await chmod(folder, 0o555);
      const isRoot = process.geteuid?.() === 0;
      // Root may write anywhere; nobody may not.
      if (isRoot) process.seteuid?.(65_534);
      try {
        await expect(writeFileAtomic(path, "new")).rejects.toThrow(
          new DataError(
            `${path}: must be a file that can be written, got EACCES: permission denied`,
          ),
        );
        expect(await readFile(path, "utf8")).toBe("old");
        expect(await readdir(folder)).toEqual(["a.txt"]);
      } finally {
        if (isRoot) process.seteuid?.(0);
        await chmod(folder, 0o755);
      }
    },
  );

  it("leaves nothing of a writer that was killed, once swept, and all else", async () => {
    await mkdir(join(folder, "below"));
    for (const name of [
      "a.txt",
      "b.tmp",
      `a.txt.${randomUUID()}.tmp`,
      `below/c.${randomUUID()}.tmp`,
    ]) {
      await writeFile(join(folder, name), "");
    }
    await sweepDrafts(folder);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      "a.txt",
      "b.tmp",
      "below",
    ]);
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
