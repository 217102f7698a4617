import { describe, expect, it } from "vitest";
import { convolutionOf } from "../patches.js";
import { tilesFor } from "./tile-choice.js";

/** Of a convolution with padding that keeps the size, `[side, side]` filters at a stride. */
function tiles(
  image: readonly number[],
  side: number,
  filters: number,
  { stride = 1, transforms = 1 } = {},
) {
  const [n, h, w, c] = image as [number, number, number, number];
  const half = (side - 1) / 2;
  const output = [n, Math.ceil(h / stride), Math.ceil(w / stride), filters];
  const attributes = { strides: [stride, stride], padding: [half, half, half, half] };
  const chosen = tilesFor(
    convolutionOf([n, h, w, c], [side, side, c, filters], output, attributes),
    () => transforms,
  );
  return chosen && [chosen.down.outputs, chosen.across.outputs];
}

describe("tilesFor", () => {
  it("covers images with few tiles that waste little", () => {
    expect(tiles([32, 6, 6, 32], 5, 64)).toEqual([6, 6]);
    expect(tiles([32, 28, 28, 24], 3, 32)).toEqual([7, 7]);
  });

  it("has no tiles so great in both directions that rounding would show", () => {
    expect(tiles([32, 14, 14, 16], 5, 32)).toEqual([5, 7]);
    expect(tiles([32, 7, 7, 32], 5, 64)).toEqual([4, 7]);
  });

  it("gives none for strides, other filters and single channels", () => {
    expect(tiles([32, 14, 14, 16], 5, 32, { stride: 2 })).toBeUndefined();
    expect(tiles([32, 14, 14, 16], 7, 32)).toBeUndefined();
    expect(tiles([32, 14, 14, 16], 1, 32)).toBeUndefined();
    expect(tiles([32, 28, 28, 1], 5, 16)).toBeUndefined();
  });

  it("gives smaller ones or none where the filter costs more than the images", () => {
    expect(tiles([4, 7, 7, 32], 3, 64)).toEqual([4, 4]);
    expect(tiles([1, 7, 7, 32], 3, 64)).toBeUndefined();
  });

  it("gives smaller ones where the filter's gradient is summed in many groups", () => {
    expect(tiles([16, 7, 7, 256], 3, 256, { transforms: 0 })).toEqual([7, 7]);
    expect(tiles([16, 7, 7, 256], 3, 256, { transforms: 2 })).toEqual([4, 4]);
  });

  it("does not count the filter where it is transformed beforehand", () => {
    expect(tiles([1, 7, 7, 32], 3, 64, { transforms: 0 })).toEqual([7, 7]);
    expect(tiles([1, 4, 4, 64], 3, 64, { transforms: 0 })).toEqual([4, 4]);
  });
});
