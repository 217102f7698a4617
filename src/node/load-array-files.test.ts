import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrayFixture, fixtureLabels, fixturePixels } from "../../test/array-fixtures.js";
import { DataError, FormatError } from "../base/index.js";
import { mnistFraming } from "../nn/index.js";
import { loadDataSet } from "./load-data-set.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterEach(() => rm(folder, { recursive: true }));

const load = (name: string) => loadDataSet(fileURLToPath(arrayFixture(name)));

/** An npy file of bytes. */
function npy(shape: string, values: readonly number[]): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const start = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0];
  return Uint8Array.from([...start, ...new TextEncoder().encode(header), ...values]);
}

describe("a file of arrays as a data set", () => {
  it.each(["keras.npz", "keras-packed.npz", "mnist-layout.mat"])(
    "is a training and a test set: %s",
    async (name) => {
      const { train, test, ...rest } = await load(name);
      expect(rest).toEqual({
        name: name.replace(/\..*/, ""),
        files: [{ name, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        framing: "mnist",
        fromPictures: false,
      });
      expect(train).toMatchObject({ count: 12, height: 4, width: 4, channels: 1 });
      expect([...train.images]).toEqual(fixturePixels(12 * 16));
      expect([...train.labels]).toEqual(fixtureLabels(12));
      expect([...test!.images]).toEqual(fixturePixels(5 * 16));
      expect(train.classes).toEqual([..."0123456789"]);
    },
  );

  it.each(["exercise.mat", "exercise-plain.mat"])(
    "sets the exercise's images upright, 10 meaning 0, and says what it changed: %s",
    async (name) => {
      const { train, test, notes } = await load(name);
      expect(test).toBe(train);
      const expected = fixturePixels(20 * 16).map((pixel) =>
        Math.round(255 * Math.min(1, Math.max(0, (pixel / 255) * 1.25 - 0.125))),
      );
      expect([...train.images]).toEqual(expected);
      expect([...train.labels]).toEqual(fixtureLabels(20));
      expect(notes).toEqual([
        expect.stringMatching(
          /^pixels from -0.125 to 1.125 were clipped to 0 to 1, \d+\.\d % of them$/,
        ),
        "images were taken column by column",
      ]);
    },
  );

  it("finds images that MATLAB stacked along the last dimension", async () => {
    const { train } = await load("stacked.mat");
    expect(train).toMatchObject({ count: 6, height: 4, width: 3 });
    expect([...train.images]).toEqual(fixturePixels(6 * 12));
    expect([...train.labels]).toEqual(fixtureLabels(6));
  });

  it("must hold arrays with names that tell what they are", async () => {
    await expect(load("others.npz")).rejects.toThrow(
      new FormatError(
        "others.npz",
        "must hold images and labels named as x_train and y_train, images and labels, or X and y, got records, complex, text, half",
      ),
    );
  });

  it("may be images alone, with their labels beside them", async () => {
    await writeFile(join(folder, "x.npy"), npy("(2, 1, 2)", [1, 2, 3, 4]));
    await writeFile(join(folder, "y.npy"), npy("(2,)", [1, 0]));
    const { name, train, test, files } = await loadDataSet(join(folder, "x.npy"));
    expect([name, [...train.images], [...train.labels]]).toEqual(["x", [1, 2, 3, 4], [1, 0]]);
    expect(test).toBe(train);
    expect(files.map((file) => file.name)).toEqual(["x.npy", "y.npy"]);
    await rm(join(folder, "y.npy"));
    const path = join(folder, "x.npy");
    await expect(loadDataSet(path)).rejects.toThrow(
      new DataError(
        `${path}: must be images beside which their labels lie, as y.npy beside x.npy, got no such file`,
      ),
    );
  });
});

describe("a folder of files of arrays", () => {
  it("is read as one", async () => {
    await writeFile(join(folder, "train-images.npy"), npy("(2, 1, 2)", [1, 2, 3, 4]));
    await writeFile(join(folder, "train-labels.npy"), npy("(2,)", [1, 0]));
    await writeFile(join(folder, "test-images.npy"), npy("(1, 1, 2)", [5, 6]));
    await writeFile(join(folder, "test-labels.npy"), npy("(1,)", [2]));
    const { train, test, files } = await loadDataSet(folder);
    expect([train.count, test?.count, train.classes]).toEqual([2, 1, ["0", "1", "2"]]);
    expect([...test!.images]).toEqual([5, 6]);
    expect(files).toHaveLength(4);
  });
});

describe("Parquet files as a data set", () => {
  it("are pixels and labels; one file is training and test set alike", async () => {
    const { name, train, test, fromPictures } = await load("nested.parquet");
    expect([name, fromPictures]).toEqual(["nested", false]);
    expect(train).toMatchObject({ count: 12, height: 4, width: 4, channels: 1 });
    expect([...train.images]).toEqual(fixturePixels(12 * 16));
    expect([...train.labels]).toEqual(fixtureLabels(12));
    expect(test).toBe(train);
  });

  it.each(["flat", "raw", "columns", "text-labels"])(
    "mean the same however pixels and labels are kept: %s.parquet",
    async (name) => {
      const { train } = await load(`${name}.parquet`);
      expect([...train.images]).toEqual(fixturePixels(12 * 16));
      expect([...train.labels]).toEqual(fixtureLabels(12));
      expect(train.classes).toEqual([..."0123456789"]);
    },
  );

  it("are two parts in a folder, each of one file or several, pictures decoded", async () => {
    const copies = [
      ["pictures-train", "train-00000-of-00002"],
      ["pictures-test", "train-00001-of-00002"],
      ["pictures-test", "test-00000-of-00001"],
      ["nested", "validation"],
    ];
    for (const [from, to] of copies) {
      await copyFile(arrayFixture(`${from}.parquet`), join(folder, `${to}.parquet`));
    }
    const contract = { ...mnistFraming(), height: 4, width: 4 };
    const { train, test, files, fromPictures } = await loadDataSet(folder, { contract });
    expect([train.count, test?.count, fromPictures]).toEqual([17, 5, true]);
    expect([...train.images]).toEqual([...fixturePixels(12 * 16), ...fixturePixels(5 * 16)]);
    expect([...train.labels]).toEqual([...fixtureLabels(12), ...fixtureLabels(5)]);
    expect(train.classes).toEqual(Array.from({ length: 10 }, (_, label) => `digit ${label}`));
    expect([...test!.images]).toEqual(fixturePixels(5 * 16));
    expect(files.map(({ name }) => name)).toEqual([
      "train-00000-of-00002.parquet",
      "train-00001-of-00002.parquet",
      "test-00000-of-00001.parquet",
    ]);
  });

  it("must leave no doubt which file is for what", async () => {
    for (const name of ["a", "b"]) {
      await copyFile(arrayFixture("nested.parquet"), join(folder, `${name}.parquet`));
    }
    await expect(loadDataSet(folder)).rejects.toThrow(
      new DataError(
        `${folder}: must hold one Parquet file, or files called train… and test…, got a.parquet, b.parquet`,
      ),
    );
  });
});
