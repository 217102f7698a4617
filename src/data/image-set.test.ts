import { describe, expect, it } from "vitest";
import { ShapeError } from "../base/index.js";
import { countsPerClass, type ImageSet, subset, valueRange } from "./image-set.js";

/** Three images of 1×2 pixels. */
const set: ImageSet = {
  count: 3,
  height: 1,
  width: 2,
  channels: 1,
  images: Uint8Array.of(10, 11, 20, 21, 30, 31),
  labels: Int32Array.of(2, 0, 2),
  classes: ["a", "b", "c"],
};

describe("an image set", () => {
  it("gives any of its images in any order, also more than once", () => {
    const chosen = subset(set, [2, 0, 2]);
    expect(chosen).toEqual({
      ...set,
      images: Uint8Array.of(30, 31, 10, 11, 30, 31),
      labels: Int32Array.of(2, 2, 2),
    });
    expect(subset(set, []).count).toBe(0);
  });

  it.each([3, -1, 0.5])("has no image %s", (index) => {
    expect(() => subset(set, [index])).toThrow(ShapeError);
    expect(() => subset(set, [index])).toThrow(
      `subset: an index must be from 0 to 2, got ${index}`,
    );
  });

  it("counts its images per class, absent classes too", () => {
    expect(countsPerClass(set)).toEqual([1, 0, 2]);
  });

  it("knows its darkest and brightest pixel", () => {
    expect(valueRange(set)).toEqual([10, 31]);
    expect(valueRange(subset(set, []))).toEqual([0, 0]);
  });
});
