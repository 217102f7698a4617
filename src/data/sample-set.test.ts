import { describe, expect, it } from "vitest";
import { ShapeError } from "../base/index.js";
import type { ImageSet } from "./image-set.js";
import { type FeatureSet, sampleShape, subset, writeSamples } from "./sample-set.js";
import type { Table } from "./table/table.js";

/** Three images of 1×2 pixels. */
const images: ImageSet = {
  count: 3,
  height: 1,
  width: 2,
  channels: 1,
  images: Uint8Array.of(10, 11, 20, 21, 30, 255),
  labels: Int32Array.of(2, 0, 2),
  classes: ["a", "b", "c"],
};

/** Three rows of two features. */
const features: FeatureSet = {
  count: 3,
  features: ["age", "size"],
  values: Float32Array.of(1, -2, 3, 4.5, 5, 6),
  labels: Int32Array.of(2, 0, 2),
  classes: ["a", "b", "c"],
};

const table: Table = {
  count: 3,
  columns: [
    { name: "age", type: "number", values: Float64Array.of(1, Number.NaN, 3) },
    { name: "colour", type: "text", values: ["red", undefined, "blue"] },
  ],
  labels: Int32Array.of(0, 1, 0),
  classes: ["a", "b"],
  label: "kind",
  source: "t.csv",
  rowNumbers: Int32Array.of(2, 3, 4),
};

describe("subset", () => {
  it("gives any of the images in any order, also more than once", () => {
    expect(subset(images, [2, 0, 2])).toEqual({
      ...images,
      images: Uint8Array.of(30, 255, 10, 11, 30, 255),
      labels: Int32Array.of(2, 2, 2),
    });
    expect(subset(images, []).count).toBe(0);
  });

  it("gives rows of features", () => {
    expect(subset(features, [1, 0])).toEqual({
      ...features,
      count: 2,
      values: Float32Array.of(3, 4.5, 1, -2),
      labels: Int32Array.of(0, 2),
    });
  });

  it("gives rows of a table with what is missing and where they stood", () => {
    const { columns, rowNumbers, labels, count } = subset(table, [2, 1]);
    expect(count).toBe(2);
    expect(columns[0]!.values).toEqual(Float64Array.of(3, Number.NaN));
    expect(columns[1]!.values).toEqual(["blue", undefined]);
    expect(rowNumbers).toEqual(Int32Array.of(4, 3));
    expect(labels).toEqual(Int32Array.of(0, 1));
  });

  it.each([3, -1, 0.5])("has no sample %s", (index) => {
    for (const set of [images, features, table]) {
      expect(() => subset(set, [index])).toThrow(
        new ShapeError(`subset: an index must be from 0 to 2, got ${index}`),
      );
    }
  });
});

describe("writeSamples", () => {
  it("divides bytes by 255 and leaves numbers alone, and stops at the last sample", () => {
    const target = new Float32Array(5).fill(9);
    expect(writeSamples(images, { start: 2, end: 9 }, target, 1)).toBe(1);
    expect(target).toEqual(Float32Array.of(9, 30 / 255, 1, 9, 9));
    expect(writeSamples(features, { start: 1, end: 3 }, target)).toBe(2);
    expect(target).toEqual(Float32Array.of(3, 4.5, 5, 6, 9));
  });
});

describe("sampleShape", () => {
  it("is that of an image, or the number of features", () => {
    expect(sampleShape(images)).toEqual([1, 2, 1]);
    expect(sampleShape(features)).toEqual([2]);
  });
});
