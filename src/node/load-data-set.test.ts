import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idxFile } from "../../test/idx-file.js";
import { DataError } from "../base/index.js";
import { encodePng } from "../data/index.js";
import { loadDataSet } from "./load-data-set.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function place(files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** A pair of IDX files with one image of one pixel, `value`. */
function pair(prefix: string, value: number, label = 0): Record<string, Uint8Array> {
  return {
    [`${prefix}images-idx3-ubyte`]: idxFile([1, 1, 1], [value]),
    [`${prefix}labels-idx1-ubyte.gz`]: gzipSync(idxFile([1], [label])),
  };
}

/** A grey picture with a dark bar on white. */
function barPicture(width: number, height: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = Math.floor(height / 4); y < (3 * height) / 4; y++) {
    pixels.fill(0, y * width + Math.floor(width / 2) - 2, y * width + Math.floor(width / 2) + 2);
  }
  return encodePng(pixels, { width, height });
}

describe("loadDataSet", () => {
  it("draws synthetic digits from the seed", async () => {
    const first = await loadDataSet("synthetic", { seed: 3 });
    expect([first.train.count, first.test?.count, first.files]).toEqual([20_000, 4_000, []]);
    const again = await loadDataSet("synthetic", { seed: 3 });
    expect(Buffer.compare(first.train.images, again.train.images)).toBe(0);
    const other = await loadDataSet("synthetic", { seed: 4 });
    expect(Buffer.compare(first.train.images, other.train.images)).not.toBe(0);
  });

  it.each(["mnist", "synthetic", "folder/"])("tells no writers of %s", async (name) => {
    await expect(loadDataSet(name, { writers: true })).rejects.toThrow(
      new DataError(`data set ${name}: its writers must be known, got none; those of unipen are`),
    );
  });

  it("says what it knows when a name means nothing", async () => {
    await expect(loadDataSet("mnits")).rejects.toThrow(
      new DataError(
        "data set mnits: must be a folder, a file (npz, npy, mat, parquet, csv, tsv) or one of mnist, fashion-mnist, emnist-letters, emnist-balanced, emnist-digits, emnist-byclass, unipen, digits-20x20, synthetic",
      ),
    );
  });
});

describe("a folder of IDX files", () => {
  it.each([["t10k-"], ["test-"], ["mine-test-"]])(
    "with two pairs is a training and a test set, %s being the test",
    async (prefix) => {
      await place({ ...pair("train-", 1, 2), ...pair(prefix, 2, 5) });
      const { train, test } = await loadDataSet(folder);
      expect([train.images[0], test?.images[0]]).toEqual([1, 2]);
      expect(train.classes).toEqual(["0", "1", "2", "3", "4", "5"]);
      expect(test?.classes).toEqual(train.classes);
    },
  );

  it("with one pair is both", async () => {
    await place(pair("", 9));
    const { train, test, files } = await loadDataSet(folder);
    expect(train.images[0]).toBe(9);
    expect(test).toBe(train);
    expect(files.map(({ name }) => name.replace(/.*\//, ""))).toEqual([
      "images-idx3-ubyte",
      "labels-idx1-ubyte.gz",
    ]);
  });

  it("with the names of a set of the catalogue is that set", async () => {
    await place({
      "emnist-letters-train-images-idx3-ubyte": idxFile([1, 2, 2], [1, 2, 3, 4]),
      "emnist-letters-train-labels-idx1-ubyte": idxFile([1], [26]),
      "emnist-letters-test-images-idx3-ubyte": idxFile([1, 2, 2], [1, 2, 3, 4]),
      "emnist-letters-test-labels-idx1-ubyte": idxFile([1], [1]),
    });
    const { name, train } = await loadDataSet(folder);
    expect(name).toBe("emnist-letters");
    expect([...train.images]).toEqual([1, 3, 2, 4]);
    expect(train.classes[train.labels[0]]).toBe("z");
  });

  it("needs the labels to the images", async () => {
    await place({ "a-images-idx3-ubyte": idxFile([1, 1, 1], [1]) });
    await expect(loadDataSet(folder)).rejects.toThrow(
      new DataError(
        `${folder}: must hold a-labels-idx1-ubyte[.gz] beside a-images-idx3-ubyte, got no such file`,
      ),
    );
  });

  it("must leave no doubt which pair is for what", async () => {
    await place({ ...pair("a-", 1), ...pair("b-", 2) });
    await expect(loadDataSet(folder)).rejects.toThrow(
      new DataError(
        `${folder}: must hold one pair of IDX files, or one pair for training and one for testing, got a-images-idx3-ubyte, b-images-idx3-ubyte`,
      ),
    );
  });
});

describe("a folder of pictures", () => {
  it("is labelled by its sub-folders, in natural order, hidden and other files passed over", async () => {
    const picture = await barPicture(40, 40);
    await place({
      "10/b.png": picture,
      "2/a10.PNG": picture,
      "2/a9.png": picture,
      "2/notes.txt": new Uint8Array(3),
      "2/.hidden.png": new Uint8Array(3),
      ".git/x.png": new Uint8Array(3),
      "readme.md": new Uint8Array(3),
      "notes/todo.txt": new Uint8Array(3),
      "__MACOSX/x.png": new Uint8Array(3),
    });
    const { train, test, files } = await loadDataSet(folder);
    expect(train).toMatchObject({ count: 3, height: 28, width: 28, channels: 1 });
    expect(train.classes).toEqual(["2", "10"]);
    expect([...train.labels]).toEqual([0, 0, 1]);
    expect(test).toBe(train);
    expect(files).toHaveLength(1);
  });

  it("with the folders train and test is two sets of the same classes", async () => {
    const picture = await barPicture(40, 40);
    await place({
      "train/10/a.png": picture,
      "train/2/a.png": picture,
      "test/3/a.png": picture,
      "test/10/a.png": picture,
    });
    const { train, test, files } = await loadDataSet(folder);
    expect(train.classes).toEqual(["2", "3", "10"]);
    expect(test?.classes).toEqual(train.classes);
    expect([[...train.labels], [...(test?.labels ?? [])]]).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(files.map(({ name }) => name.split("/").slice(1).join("/"))).toEqual([
      "train/",
      "test/",
    ]);
  });

  it("may have the labels train and test", async () => {
    const picture = await barPicture(40, 40);
    await place({ "train/a.png": picture, "test/a.png": picture });
    expect((await loadDataSet(folder)).train.classes).toEqual(["test", "train"]);
  });

  it("is made from pictures as it is loaded, which IDX files are not", async () => {
    await place({ "pictures/a/1.png": await barPicture(40, 40) });
    expect((await loadDataSet(join(folder, "pictures"))).fromPictures).toBe(true);
    await place(pair("", 9));
    expect((await loadDataSet(folder)).fromPictures).toBe(false);
  });

  it("takes pictures of the model's size as they are, and reads others", async () => {
    const raw = Uint8Array.from({ length: 28 * 28 }, (_, i) => (i * 7) % 256);
    await place({
      "a/large.png": await barPicture(60, 90),
      "a/small.png": await encodePng(raw, { width: 28, height: 28 }),
    });
    const { train } = await loadDataSet(folder);
    const [large, small] = [train.images.subarray(0, 784), train.images.subarray(784)];
    expect(Buffer.compare(small, raw)).toBe(0);
    // Dark on white became bright on dark, framed: the corners are background.
    expect([large[0], large[783]]).toEqual([0, 0]);
    expect(large[14 * 28 + 14]).toBeGreaterThan(200);
  });

  it("changes its checksum with any file or name", async () => {
    const digest = async () => (await loadDataSet(folder)).files[0].sha256;
    await place({ "a/1.png": await barPicture(40, 40) });
    const first = await digest();
    expect(await digest()).toBe(first);
    await place({ "a/1.png": await barPicture(41, 40) });
    expect(await digest()).not.toBe(first);
  });

  it.each([
    [
      "is empty",
      {},
      ": must hold IDX files or a sub-folder of pictures for every label, got no sub-folder",
    ],
    [
      "has its pictures side by side",
      { "a.png": new Uint8Array(1) },
      ": must hold IDX files or a sub-folder of pictures for every label, got pictures without a sub-folder",
    ],
    [
      "has no picture in any sub-folder",
      { "seven/readme.txt": new Uint8Array(1) },
      ": must hold IDX files or a sub-folder of pictures for every label, got no picture in any sub-folder",
    ],
  ])("is refused when it %s", async (_, files, problem) => {
    await place(files as Record<string, Uint8Array>);
    await expect(loadDataSet(folder)).rejects.toThrow(new DataError(folder + problem));
  });

  it("names all pictures that cannot be read, up to five", async () => {
    const broken = Object.fromEntries(
      [..."abcdefg"].map((name) => [`x/${name}.png`, new Uint8Array(3)]),
    );
    await place({ "x/0.png": await barPicture(40, 40), ...broken });
    await expect(loadDataSet(folder)).rejects.toThrow(
      new DataError(
        `${folder}: pictures must be such as can be read, got 7 that cannot: x/a.png, x/b.png, x/c.png, x/d.png, x/e.png and 2 more`,
      ),
    );
  });

  it("names the picture that cannot be read", async () => {
    await place({ "a/broken.png": new TextEncoder().encode("no picture") });
    await expect(loadDataSet(folder)).rejects.toThrow(
      `${join(folder, "a", "broken.png")}: must be a PNG, JPEG or WebP picture`,
    );
  });
});
