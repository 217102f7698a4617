import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idxFile } from "../../test/idx-file.js";
import { type Mirror, startMirror } from "../../test/mirror.js";
import { zipFile } from "../../test/zip-file.js";
import { DataError, Random } from "../base/index.js";
import {
  type CatalogEntry,
  countsPerClass,
  dataSetCatalog,
  encodePng,
  type PublicFile,
  splitStratified,
} from "../data/index.js";
import { loadNamedSet } from "./load-named-set.js";
import { locateDataSet } from "./locate-data-set.js";

const images = "tiny-images-idx3-ubyte.gz";
const labels = "tiny-labels-idx1-ubyte.gz";
const tiny: CatalogEntry = {
  name: "tiny",
  summary: "",
  folder: "tiny",
  train: { images, labels },
  classes: ["a", "b"],
  licence: "",
};

let folder: string;
let mirror: Mirror | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterEach(async () => {
  await mirror?.close();
  mirror = undefined;
  await rm(folder, { recursive: true });
});

/** One image of one pixel, `value`. */
function tinyFiles(value: number): Record<string, Uint8Array> {
  return {
    [images]: gzipSync(idxFile([1, 1, 1], [value])),
    [labels]: gzipSync(idxFile([1], [1])),
  };
}

async function place(path: string, files: Record<string, Uint8Array>): Promise<void> {
  await mkdir(join(path, "tiny"), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(path, "tiny", name), bytes);
  }
}

/** Offers a file on a mirror of this machine. */
async function offer(name: string, bytes: Uint8Array): Promise<PublicFile> {
  mirror = await startMirror({ files: { [name]: bytes } });
  return {
    name,
    urls: [mirror.address + name],
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function environment(dataFolder?: string): Record<string, string> {
  return {
    XDG_CACHE_HOME: join(folder, "cache"),
    ...(dataFolder !== undefined && { INKLING_DATA: join(folder, dataFolder) }),
  };
}

describe("loadNamedSet", () => {
  it("looks in the data folder, then $INKLING_DATA, then the cache", async () => {
    await place(join(folder, "named"), tinyFiles(1));
    await place(join(folder, "from-environment"), tinyFiles(2));
    await place(join(folder, "cache", "inkling"), tinyFiles(3));
    const env = environment("from-environment");
    const valueFrom = async (options: object) =>
      (await loadNamedSet(tiny, { offline: true, ...options })).train.images[0];
    expect(await valueFrom({ dataDir: join(folder, "named"), env })).toBe(1);
    expect(await valueFrom({ env })).toBe(2);
    expect(await valueFrom({ env: environment() })).toBe(3);
  });

  it("passes over a folder that lacks one of the files", async () => {
    await place(join(folder, "half"), { [images]: tinyFiles(1)[images] });
    await place(join(folder, "cache", "inkling"), tinyFiles(3));
    const { train } = await loadNamedSet(tiny, { env: environment("half") });
    expect(train.images[0]).toBe(3);
  });

  it("also takes files that lie there unpacked", async () => {
    await place(join(folder, "plain"), {
      [images.replace(".gz", "")]: idxFile([1, 1, 1], [7]),
      [labels.replace(".gz", "")]: idxFile([1], [0]),
    });
    const { train } = await loadNamedSet(tiny, { env: environment("plain") });
    expect(train.images[0]).toBe(7);
  });

  it("names the three ways out when a set is absent and nothing may be fetched", async () => {
    const mnist = dataSetCatalog[0];
    const looked = [join(folder, "mnist"), join(folder, "cache", "inkling", "mnist")];
    await expect(
      loadNamedSet(mnist, { dataDir: folder, offline: true, env: environment() }),
    ).rejects.toThrow(
      new DataError(
        `data set mnist: its files must be at hand, got none in ${looked.join(", ")}; name the folder that holds mnist/ with --data-dir, set INKLING_DATA to it, or connect and run: inkling data get mnist`,
      ),
    );
  });

  it("names the same ways, and what went wrong, when no mirror answers", async () => {
    const archive = await offer("tiny.zip", zipFile([]));
    await mirror?.close();
    const entry: CatalogEntry = { ...tiny, origin: { type: "files", files: [archive] } };
    const failed = loadNamedSet(entry, { env: environment() });
    await expect(failed).rejects.toThrow(DataError);
    await expect(failed).rejects.toThrow(
      /got none in .*; name the folder .* or connect and run: inkling data get tiny; download of tiny\.zip: a mirror must deliver it, got 127\.0\.0\.1:\d+: .*ECONNREFUSED/,
    );
    await expect(stat(join(folder, "cache"))).rejects.toThrow("ENOENT");
  });

  it("does not offer to fetch a set that is only read from a data folder", async () => {
    await expect(loadNamedSet(tiny, { env: environment() })).rejects.toThrow(
      /name the folder that holds tiny\/ with --data-dir or set INKLING_DATA to it; this set is not fetched$/,
    );
  });

  it("refuses a data folder that does not exist, whoever names it", async () => {
    const dataDir = join(folder, "nowhere");
    for (const options of [{ dataDir, env: environment() }, { env: environment("nowhere") }]) {
      await expect(loadNamedSet(tiny, options)).rejects.toThrow(
        new DataError(`${dataDir}: must be a folder of data sets, got no such folder`),
      );
    }
  });

  it("names a damaged file", async () => {
    await place(join(folder, "damaged"), { ...tinyFiles(1), [labels]: Uint8Array.of(1, 2) });
    await expect(loadNamedSet(tiny, { env: environment("damaged") })).rejects.toThrow(
      `tiny/${labels}: the IDX header needs 4 bytes, got 2; the file is cut short`,
    );
  });

  it("fetches a set into the cache, once", async () => {
    const files = tinyFiles(5);
    mirror = await startMirror({ files });
    const address = mirror.address;
    const entry: CatalogEntry = {
      ...tiny,
      origin: {
        type: "files",
        files: Object.entries(files).map(([name, bytes]) => ({
          name,
          urls: [address + name],
          bytes: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        })),
      },
    };
    const env = environment();
    expect(await locateDataSet(entry, { env })).toBeUndefined();
    expect((await loadNamedSet(entry, { env })).train.images[0]).toBe(5);
    expect((await loadNamedSet(entry, { env })).train.images[0]).toBe(5);
    expect(mirror.requests).toEqual([images, labels]);
    const location = await locateDataSet(entry, { env });
    expect(location?.folder).toBe(join(folder, "cache", "inkling", "tiny"));
  });

  it("takes the files of a set out of an archive", async () => {
    const contents = Object.entries(tinyFiles(6)).map(([name, bytes]) => ({
      name: `gzip/${name}`,
      bytes,
    }));
    const archive = await offer("all.zip", zipFile(contents));
    const entry: CatalogEntry = { ...tiny, origin: { type: "zip", archive, prefix: "gzip/" } };
    const { train } = await loadNamedSet(entry, { env: environment() });
    expect(train.images[0]).toBe(6);
    const lacking: CatalogEntry = {
      ...entry,
      train: { images: "other", labels },
    };
    await expect(loadNamedSet(lacking, { env: environment() })).rejects.toThrow(
      "all.zip: must hold gzip/other, got no such file",
    );
  });

  it("cuts a set from its sheet where there are no IDX files", async () => {
    const layout = { rows: 2, columns: 4, cellPx: 2 };
    const pixels = Uint8Array.from({ length: 32 }, (_, i) => 8 * i);
    const sheet = await offer("sheet.png", await encodePng(pixels, { width: 8, height: 4 }));
    const entry: CatalogEntry = { ...tiny, layout, origin: { type: "sheet", sheet, layout } };
    const { train, test, files } = await loadNamedSet(entry, { env: environment() });
    expect([...train.images.subarray(0, 4)]).toEqual([0, 8, 64, 72]);
    expect([...(test?.images.subarray(0, 4) ?? [])]).toEqual([32, 40, 96, 104]);
    expect(countsPerClass(train)).toEqual([2, 2]);
    expect(files).toEqual([{ name: "tiny/sheet.png", sha256: sheet.sha256 }]);
  });
});

describe("the data sets at hand", () => {
  const data = process.env.INKLING_DATA ?? "";
  const load = async (name: string) => {
    const entry = dataSetCatalog.find((candidate) => candidate.name === name) as CatalogEntry;
    return loadNamedSet(entry, { offline: true, env: { ...environment(), INKLING_DATA: data } });
  };
  const has = (path: string): boolean => existsSync(join(data, path));

  it.skipIf(!has("mnist"))(
    "hold MNIST as published (skipped unless $INKLING_DATA has it)",
    async () => {
      const { train, test } = await load("mnist");
      expect(countsPerClass(train)).toEqual([
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
      ]);
      expect(test && countsPerClass(test)).toEqual([
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
      ]);
      expect([train.height, train.width, train.channels]).toEqual([28, 28, 1]);
    },
  );

  it.skipIf(!has("unipen"))(
    "hold UNIPEN, its classes as in its mapping (skipped unless $INKLING_DATA has it)",
    async () => {
      const { train, test } = await load("unipen");
      expect([train.count, test?.count]).toEqual([87_414, 11_243]);
      expect(Math.min(...countsPerClass(train))).toBe(519);
      const mapping = await readFile(join(data, "unipen", "unipen-mapping.txt"), "utf8");
      const classes = mapping
        .trim()
        .split("\n")
        .map((line) => String.fromCharCode(Number(line.split(/\s+/)[1])));
      expect(train.classes).toEqual(classes);
    },
  );

  it.skipIf(!has("unipen"))(
    "hold UNIPEN, who wrote what told when asked (skipped unless $INKLING_DATA has it)",
    async () => {
      const entry = dataSetCatalog.find(({ name }) => name === "unipen")!;
      const { train, writers } = await loadNamedSet(entry, { dataDir: data, writers: true });
      expect([writers?.length, new Set(writers).size]).toEqual([87_414, 296]);
      const { held } = splitStratified(train, {
        share: 0.1,
        random: new Random(1),
        groups: writers,
      });
      expect(held.count / train.count).toBeCloseTo(0.1, 2);
      const shares = countsPerClass(held).map((n, label) => n / countsPerClass(train)[label]!);
      expect(Math.min(...shares)).toBeGreaterThan(0.05);
      expect(Math.max(...shares)).toBeLessThan(0.15);
    },
  );

  it.skipIf(!has("digits-20x20"))(
    "hold the digits of 20×20, the same from IDX and from the sheet (skipped unless $INKLING_DATA has it)",
    async () => {
      const fromIdx = await load("digits-20x20");
      expect(countsPerClass(fromIdx.train)).toEqual(new Array(10).fill(250));
      expect(fromIdx.test && countsPerClass(fromIdx.test)).toEqual(new Array(10).fill(250));
      const sheet = join(folder, "cache", "inkling", "digits-20x20");
      await mkdir(sheet, { recursive: true });
      await writeFile(
        join(sheet, "digits.png"),
        await readFile(join(data, "digits-20x20/digits.png")),
      );
      const entry = dataSetCatalog.find(({ name }) => name === "digits-20x20") as CatalogEntry;
      const fromSheet = await loadNamedSet(entry, { offline: true, env: environment() });
      expect(Buffer.compare(fromSheet.train.images, fromIdx.train.images)).toBe(0);
      expect(
        Buffer.compare(fromSheet.test?.images ?? Buffer.of(), fromIdx.test?.images ?? Buffer.of(1)),
      ).toBe(0);
      expect(fromSheet.train.labels).toEqual(fromIdx.train.labels);
    },
  );
});
