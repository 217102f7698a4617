import { describe, expect, it } from "vitest";
import { DataError, preparedSize } from "../../base/index.js";
import { prepareImages } from "./prepare-images.js";

/** One grey image, given row by row. */
function image(...rows: number[][]) {
  const images = Uint8Array.from(rows.flat());
  return { count: 1, height: rows.length, width: rows[0]!.length, channels: 1, images };
}

describe("prepareImages", () => {
  it("inverts", () => {
    const inverted = prepareImages(image([0, 255], [1, 100]), [{ type: "invert" }]);
    expect(inverted).toEqual(image([255, 0], [254, 155]));
  });

  it("transposes", () => {
    const set = image([1, 2, 3], [4, 5, 6]);
    expect(prepareImages(set, [{ type: "transpose" }])).toEqual(image([1, 4], [2, 5], [3, 6]));
  });

  it("shrinks by the mean of what a pixel covers", () => {
    const set = image([0, 100, 10, 20], [200, 100, 30, 40]);
    const shrunk = prepareImages(set, [{ type: "resize", width: 2, height: 1 }]);
    expect(shrunk).toEqual(image([100, 25]));
  });

  it("grows between the centres of pixels, and goes on beyond the outer ones as at them", () => {
    const set = image([0, 100]);
    const grown = prepareImages(set, [{ type: "resize", width: 4, height: 2 }]);
    expect(grown).toEqual(image([0, 25, 75, 100], [0, 25, 75, 100]));
  });

  it("keeps images and channels apart", () => {
    const set = {
      count: 2,
      height: 1,
      width: 2,
      channels: 2,
      images: Uint8Array.of(1, 2, 3, 4, 50, 60, 70, 80),
    };
    const shrunk = prepareImages(set, [{ type: "resize", width: 1, height: 1 }]);
    expect([...shrunk.images]).toEqual([2, 3, 60, 70]);
    const turned = prepareImages(set, [{ type: "transpose" }]);
    expect(turned).toEqual({ ...set, height: 2, width: 1 });
  });

  it("does one step after the other, and makes the size that is foretold", () => {
    const steps = [
      { type: "transpose" },
      { type: "resize", width: 2, height: 3 },
      { type: "invert" },
    ] as const;
    const made = prepareImages(image([0, 255, 0], [0, 255, 0]), steps);
    expect(made).toEqual(image([255, 255], [0, 0], [255, 255]));
    expect(preparedSize({ height: 2, width: 3 }, steps)).toEqual({ height: 3, width: 2 });
  });

  it("refuses to make more than there is room for", () => {
    const set = { count: 1000, height: 1, width: 1, channels: 1, images: new Uint8Array(1000) };
    expect(() => prepareImages(set, [{ type: "resize", width: 4096, height: 4096 }])).toThrow(
      new DataError(
        "prepare: resize must make images of at most 2147483648 bytes together, got 16777216000",
      ),
    );
  });

  it("leaves what it was given as it is", () => {
    const set = image([1, 2]);
    prepareImages(set, [{ type: "invert" }]);
    expect(set).toEqual(image([1, 2]));
  });
});
