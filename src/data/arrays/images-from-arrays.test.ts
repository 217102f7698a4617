import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { imagesFromArrays } from "./images-from-arrays.js";
import type { NumberArray, NumericArray } from "./numeric-array.js";

const names = { imagesName: "a.npz: X", labelsName: "a.npz: y" };
const array = (shape: number[], data: readonly number[] | NumberArray): NumericArray => ({
  shape,
  data: Array.isArray(data) ? Float64Array.from(data) : (data as NumberArray),
});
/** Two images of 2×2 unless told otherwise. */
function imagesOf(images: NumericArray, labels = array([2], [0, 1])) {
  return imagesFromArrays({ images, labels, ...names });
}
const eight = [0, 10, 20, 30, 40, 50, 60, 70];

describe("imagesFromArrays", () => {
  it.each([
    ["[n, h, w]", [2, 2, 2]],
    ["[n, h, w, 1]", [2, 2, 2, 1]],
    ["[n, 1, h, w]", [2, 1, 2, 2]],
    ["[n, side²]", [2, 4]],
  ])("takes images of the shape %s", (_, shape) => {
    expect(imagesOf(array(shape, eight))).toEqual({
      count: 2,
      height: 2,
      width: 2,
      channels: 1,
      images: Uint8Array.from(eight),
      labels: Int32Array.of(0, 1),
      notes: [],
    });
  });

  it("takes colours, and images that are not square", () => {
    const colours = imagesOf(array([2, 1, 2, 3], new Uint8Array(12).fill(9)));
    expect([colours.height, colours.width, colours.channels]).toEqual([1, 2, 3]);
    const wide = imagesOf(array([2, 1, 4], eight));
    expect([wide.height, wide.width]).toEqual([1, 4]);
  });

  it("finds images stacked along the last dimension", () => {
    const stacked = imagesOf(array([3, 1, 2], [1, 10, 2, 20, 3, 30]));
    expect([stacked.height, stacked.width]).toEqual([3, 1]);
    expect([...stacked.images]).toEqual([1, 2, 3, 10, 20, 30]);
  });

  it("sets rows upright that were unrolled column by column, and says so", () => {
    const labels = array([2], [0, 1]);
    const { images, notes } = imagesFromArrays(
      { images: array([2, 4], eight), labels, ...names },
      { byColumns: true },
    );
    expect([...images]).toEqual([0, 20, 10, 30, 40, 60, 50, 70]);
    expect(notes).toEqual(["images were taken column by column"]);
  });

  it("does not copy bytes", () => {
    const data = Uint8Array.from(eight);
    expect(imagesOf(array([2, 2, 2], data)).images).toBe(data);
  });

  it.each([
    [[3], [7, 0, 255]],
    [
      [3, 1],
      [7, 0, 255],
    ],
    [
      [1, 3],
      [7, 0, 255],
    ],
  ])("takes labels of the shape %j", (shape, values) => {
    const { labels } = imagesOf(array([3, 1, 1], [0, 5, 9]), array(shape, values));
    expect([...labels]).toEqual(values);
  });

  it("takes one-hot labels", () => {
    const labels = array([2, 3], [0, 0, 1, 1, 0, 0]);
    expect([...imagesOf(array([2, 2, 2], eight), labels).labels]).toEqual([2, 0]);
    const broken = array([2, 3], [0, 0, 1, 1, 1, 0]);
    expect(() => imagesOf(array([2, 2, 2], eight), broken)).toThrow(
      new FormatError(
        "a.npz: y",
        "labels of the shape [2, 3] must be one-hot, a single 1 a row, got row 1 without that",
      ),
    );
  });

  it("takes 10 for 0 only where labels run from 1 to 10 and it is asked to", () => {
    const of = (labels: number[], tenIsZero: boolean) => {
      const images = array([labels.length, 1, 1], labels);
      const given = { images, labels: array([labels.length], labels), ...names };
      return [...imagesFromArrays(given, { tenIsZero }).labels];
    };
    expect(of([1, 9, 10], true)).toEqual([1, 9, 0]);
    expect(of([0, 9, 10], true)).toEqual([0, 9, 10]);
    expect(of([1, 9, 10], false)).toEqual([1, 9, 10]);
  });

  describe("brings pixels to bytes", () => {
    const bytesOf = (values: number[] | NumberArray) => {
      const { images, notes } = imagesOf(array([2, 1, values.length / 2], values));
      return { bytes: [...images], notes };
    };

    it("as they are from 0 to 255, rounded where they are not whole", () => {
      expect(bytesOf([0, 1, 2, 255])).toEqual({ bytes: [0, 1, 2, 255], notes: [] });
      expect(bytesOf([0, 1.6, 2.4, 255])).toEqual({
        bytes: [0, 2, 2, 255],
        notes: ["pixels were rounded to whole steps of 0 to 255"],
      });
    });

    it("times 255 from 0 to 1, of whole numbers too, and gets back what was divided", () => {
      const all = Array.from({ length: 256 }, (_, byte) => byte);
      expect(bytesOf(Float32Array.from(all, (byte) => byte / 255))).toEqual({
        bytes: all,
        notes: [],
      });
      expect(bytesOf(Uint8Array.of(0, 1, 1, 0))).toEqual({ bytes: [0, 255, 255, 0], notes: [] });
    });

    it("clipped where resampling overshot, and says how much", () => {
      expect(bytesOf([-0.125, 0, 0.5, 1.1])).toEqual({
        bytes: [0, 0, 128, 255],
        notes: ["pixels from -0.125 to 1.1 were clipped to 0 to 1, 50.0 % of them"],
      });
    });

    it.each([
      [[-1, 1], "-1 to 1"],
      [[0, 256], "0 to 256"],
      [[-3, 200], "-3 to 200"],
    ])("not from %j: which value is blank cannot be told", (values, got) => {
      expect(() => bytesOf(values)).toThrow(
        new FormatError(
          "a.npz: X",
          `pixels must be from 0 to 255, or from 0 to 1 with at most 0.5 beyond, got ${got}; rescale them`,
        ),
      );
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY])("not from %s", (value) => {
      expect(() => bytesOf([0, value])).toThrow(
        new FormatError("a.npz: X", `pixels must be numbers, got ${value} at position 1`),
      );
    });
  });

  const shapes = "[n, height, width], [n, height, width, 1 or 3] or [n, pixels of a square]";
  it.each([
    [[2, 3], `images must have the shape ${shapes}, got [2, 3]`],
    [[2], `images must have the shape ${shapes}, got [2]`],
    [[2, 0, 4], `images must have the shape ${shapes}, got [2, 0, 4]`],
    [[2, 2, 2, 2], `images must have the shape ${shapes}, got [2, 2, 2, 2]`],
    [[2, 1, 1, 1, 1], `images must have the shape ${shapes}, got [2, 1, 1, 1, 1]`],
    [[3, 4], "must have one image for each of the 2 labels, got the shape [3, 4]"],
    [[], "must have one image for each of the 2 labels, got the shape []"],
  ])("refuses images of the shape %j", (shape, problem) => {
    const size = shape.reduce((product, length) => product * length, 1);
    expect(() => imagesOf(array(shape, new Uint8Array(size)))).toThrow(
      new FormatError("a.npz: X", problem),
    );
  });

  it.each([
    [[], [1], "labels must have the shape [n] or [n, 1], got []"],
    [[1, 1, 2], [1, 1], "labels must have the shape [n] or [n, 1], got [1, 1, 2]"],
    [[2], [1, 0.5], "labels must be whole numbers from 0 to 65535, got 0.5 at position 1"],
    [[2], [-1, 0], "labels must be whole numbers from 0 to 65535, got -1 at position 0"],
    [[2], [0, 65536], "labels must be whole numbers from 0 to 65535, got 65536 at position 1"],
    [[2], [0, Number.NaN], "labels must be whole numbers from 0 to 65535, got NaN at position 1"],
  ])("refuses labels of the shape %j that are %j", (shape, values, problem) => {
    expect(() => imagesOf(array([2, 2, 2], eight), array(shape, values))).toThrow(
      new FormatError("a.npz: y", problem),
    );
  });
});
