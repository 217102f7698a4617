import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../src/base/index.js";
import {
  byteSource,
  type NamedArrays,
  openNpz,
  openParquetImages,
  readMat,
  setFromArrays,
} from "../src/data/index.js";
import { arrayFixture, damaged } from "./array-fixtures.js";

/** Reads all that a file has, however far that goes. */
const readers: Readonly<Record<string, (bytes: Uint8Array) => Promise<unknown>>> = {
  async npz(bytes) {
    const { names, read } = await openNpz(byteSource(bytes, "a.npz"));
    return setOf({ source: "a.npz", names, read });
  },
  async mat(bytes) {
    const { names, read } = await readMat(bytes, "a.mat");
    return setOf({ source: "a.mat", names, read: async (name) => read(name), isMatlab: true });
  },
  async parquet(bytes) {
    const { images } = await openParquetImages(byteSource(bytes, "a.parquet"));
    if (images.type === "pixels") return images;
    let count = 0;
    for await (const group of images.groups()) count += group.length;
    return count;
  },
};
const setOf = (arrays: NamedArrays) => setFromArrays(arrays, { name: "a", files: [] });

const files = [
  ...["types.npz", "keras.npz", "keras-packed.npz"],
  ...["exercise.mat", "exercise-plain.mat", "mnist-layout.mat", "stacked.mat", "classes.mat"],
  ...["nested", "flat", "raw", "columns", "pictures-train", "text-labels"].map(
    (n) => `${n}.parquet`,
  ),
];
/** No reading of these small files takes a hundredth of it, whole or not. */
const MAX_MS = 2000;

describe("a damaged file", () => {
  it.each(files)(
    "is read or refused, soon and within bounds: %s",
    { timeout: 600_000 },
    async (name) => {
      const whole = new Uint8Array(readFileSync(arrayFixture(name)));
      const read = readers[name.replace(/.*\./, "")]!;
      await fc.assert(
        fc.asyncProperty(damaged(whole), async (bytes) => {
          const begun = performance.now();
          const outcome = await read(bytes).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FormatError);
          expect(performance.now() - begun).toBeLessThan(MAX_MS);
        }),
        { numRuns: 10_000 },
      );
    },
  );
});
