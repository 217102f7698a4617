import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf } from "./assemble-data-set.js";
import { dataSetCatalog, type PublicFile, publicFilesOf } from "./catalog.js";

const dataFolder = process.env.INKLING_DATA ?? "";
const sums = join(dataFolder, "SHA256SUMS");

function publicFiles(folder?: string): PublicFile[] {
  return dataSetCatalog
    .filter((entry) => folder === undefined || entry.folder === folder)
    .flatMap(({ origin }) => (origin ? publicFilesOf(origin) : []));
}

describe("the catalogue", () => {
  it("lists the named sets", () => {
    expect(dataSetCatalog.map(({ name, classes }) => [name, classes.length])).toEqual([
      ["mnist", 10],
      ["fashion-mnist", 10],
      ["emnist-letters", 26],
      ["emnist-balanced", 47],
      ["emnist-digits", 10],
      ["emnist-byclass", 62],
      ["unipen", 62],
      ["digits-20x20", 10],
    ]);
  });

  it("knows two mirrors and a checksum of everything it fetches", () => {
    for (const { name, urls, bytes, sha256 } of publicFiles()) {
      expect(urls.length, name).toBe(2);
      for (const url of urls) expect(new URL(url).pathname.endsWith(`/${name}`), url).toBe(true);
      expect(bytes).toBeGreaterThan(0);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("fetches every file of a set that comes file by file", () => {
    for (const entry of dataSetCatalog) {
      if (entry.origin?.type !== "files") continue;
      expect(entry.origin.files.map(({ name }) => name).sort()).toEqual(filesOf(entry).sort());
    }
  });

  it.skipIf(!existsSync(sums))(
    "has the checksums of the copies at hand (skipped unless $INKLING_DATA has sums)",
    () => {
      const lines = readFileSync(sums, "utf8").trim().split("\n");
      const known = new Map(lines.map((line) => line.split(/\s+/).reverse() as [string, string]));
      for (const folder of ["mnist", "digits-20x20"]) {
        for (const { name, sha256, bytes } of publicFiles(folder)) {
          expect(sha256, name).toBe(known.get(`${folder}/${name}`));
          expect(readFileSync(join(dataFolder, folder, name)).length).toBe(bytes);
        }
      }
    },
  );
});
