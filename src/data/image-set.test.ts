import { describe, expect, it } from "vitest";
import { countsPerClass, type ImageSet, valueRange } from "./image-set.js";

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
  it("counts its images per class, absent classes too", () => {
    expect(countsPerClass(set)).toEqual([1, 0, 2]);
  });

  it("knows its darkest and brightest pixel", () => {
    expect(valueRange(set)).toEqual([10, 31]);
    expect(valueRange({ ...set, count: 0, images: new Uint8Array(0) })).toEqual([0, 0]);
  });
});
