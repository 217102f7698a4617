import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { idxFile } from "../../test/idx-file.js";
import { DataError, FormatError } from "../base/index.js";
import { assembleDataSet, filesOf } from "./assemble-data-set.js";
import { type CatalogEntry, dataSetCatalog } from "./catalog.js";

function entryOf(name: string): CatalogEntry {
  const entry = dataSetCatalog.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`no ${name} in the catalogue`);
  return entry;
}

const own = { name: "own", folder: "own", train: { images: "images", labels: "labels" } };

/** The files of a set with one image each in train and test. */
function filesWith(name: string, image: number[][], label: number): Map<string, Uint8Array> {
  const images = idxFile([1, image.length, image[0].length], image.flat());
  const labels = idxFile([1], [label]);
  return new Map(
    filesOf(entryOf(name)).map((file) => [
      file,
      gzipSync(file.includes("images") ? images : labels),
    ]),
  );
}

describe("assembleDataSet", () => {
  it("sets the images of EMNIST upright", async () => {
    const asStored = [
      [1, 4],
      [2, 5],
      [3, 6],
    ];
    const { train, test } = await assembleDataSet(
      entryOf("emnist-balanced"),
      filesWith("emnist-balanced", asStored, 0),
    );
    expect(train).toMatchObject({ count: 1, height: 2, width: 3, channels: 1 });
    expect([...train.images]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(test?.images).toEqual(train.images);
  });

  it("counts the letters of EMNIST, labelled from 1, from 0", async () => {
    const load = async (label: number) =>
      (await assembleDataSet(entryOf("emnist-letters"), filesWith("emnist-letters", [[9]], label)))
        .train;
    const first = await load(1);
    expect(first.classes[first.labels[0]]).toBe("a");
    const last = await load(26);
    expect(last.classes[last.labels[0]]).toBe("z");
    await expect(load(0)).rejects.toThrow(
      "emnist/emnist-letters-train-labels-idx1-ubyte.gz: labels must be from 1 to 26, got 0 at position 0",
    );
    await expect(load(27)).rejects.toThrow(FormatError);
  });

  it("leaves the images of other sets as they are", async () => {
    const { train } = await assembleDataSet(
      entryOf("mnist"),
      filesWith(
        "mnist",
        [
          [1, 2],
          [3, 4],
        ],
        7,
      ),
    );
    expect([...train.images]).toEqual([1, 2, 3, 4]);
    expect(train.classes[train.labels[0]]).toBe("7");
  });

  it("trains on the left half of the sheet of digits and tests on the right", async () => {
    const count = 5000;
    const files = new Map([
      [
        "digits-20x20-images-idx3-ubyte.gz",
        idxFile(
          [count, 1, 1],
          Uint8Array.from({ length: count }, (_, cell) => cell % 100),
        ),
      ],
      [
        "digits-20x20-labels-idx1-ubyte.gz",
        idxFile(
          [count],
          Uint8Array.from({ length: count }, (_, cell) => Math.floor(cell / 500)),
        ),
      ],
    ]);
    const { train, test } = await assembleDataSet(entryOf("digits-20x20"), files);
    expect([train.count, test?.count]).toEqual([2500, 2500]);
    expect(Math.max(...train.images)).toBe(49);
    expect(Math.min(...(test?.images ?? []))).toBe(50);
  });

  it("calls the classes after the labels where nobody has named them", async () => {
    const files = new Map([
      ["images", idxFile([2, 1, 1], [5, 6])],
      ["labels", idxFile([2], [3, 1])],
    ]);
    const { train, test } = await assembleDataSet(own, files);
    expect(train.classes).toEqual(["0", "1", "2", "3"]);
    expect(test).toBeUndefined();
  });

  it("says what it read, by checksum", async () => {
    const files = new Map([
      ["images", idxFile([0, 1, 1], [])],
      ["labels", idxFile([0], [])],
    ]);
    const { files: used } = await assembleDataSet(own, files);
    expect(used).toEqual([
      {
        name: "own/images",
        sha256: "d4625ffc3571d99dc5a403e3b5f137619d7a1eb5c0253092f032402b14d67faa",
      },
      {
        name: "own/labels",
        sha256: "d49cd2c2d09f5f0c8ca44512f4e25d3228558f0c6b7b333cff567d2959802796",
      },
    ]);
  });

  it.each([
    [
      "images of another rank",
      idxFile([2], [1, 2]),
      idxFile([2], [0, 0]),
      "images",
      "images must have the shape [n, height, width], got [2]",
    ],
    [
      "images of no pixels",
      idxFile([1, 0, 2], []),
      idxFile([1], [0]),
      "images",
      "images must have the shape [n, height, width], got [1, 0, 2]",
    ],
    [
      "another number of labels",
      idxFile([1, 1, 1], [1]),
      idxFile([2], [0, 0]),
      "labels",
      "labels must have the shape [1], got [2]",
    ],
  ])("refuses %s", async (_, images, labels, file, problem) => {
    const files = new Map([
      ["images", images],
      ["labels", labels],
    ]);
    await expect(assembleDataSet(own, files)).rejects.toThrow(
      new FormatError(`own/${file}`, problem),
    );
  });

  it("names a file that is missing", async () => {
    const files = filesWith("mnist", [[1]], 0);
    files.delete("t10k-labels-idx1-ubyte.gz");
    await expect(assembleDataSet(entryOf("mnist"), files)).rejects.toThrow(
      new DataError("data set mnist: needs the file mnist/t10k-labels-idx1-ubyte.gz, got none"),
    );
  });
});
