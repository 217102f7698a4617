import { describe, expect, it } from "vitest";
import { convolutionOf } from "../patches.js";
import { suitsWinograd } from "./suitable.js";

/** A convolution with padding that keeps the size, `[side, side]` filters at a stride. */
function suits(image: readonly number[], side: number, filters: number, stride = 1): boolean {
  const [n, h, w, c] = image as [number, number, number, number];
  const half = (side - 1) / 2;
  const output = [n, Math.ceil(h / stride), Math.ceil(w / stride), filters];
  const attributes = { strides: [stride, stride], padding: [half, half, half, half] };
  return suitsWinograd(convolutionOf([n, h, w, c], [side, side, c, filters], output, attributes));
}

describe("suitsWinograd", () => {
  it("holds for filters of 3 and 5 on images of usual size", () => {
    expect(suits([32, 14, 14, 16], 5, 32)).toBe(true);
    expect(suits([32, 28, 28, 24], 3, 32)).toBe(true);
    expect(suits([1, 7, 7, 32], 5, 64)).toBe(true);
  });

  it("fails for strides, other filters and single channels", () => {
    expect(suits([32, 14, 14, 16], 5, 32, 2)).toBe(false);
    expect(suits([32, 14, 14, 16], 7, 32)).toBe(false);
    expect(suits([32, 14, 14, 16], 1, 32)).toBe(false);
    expect(suits([32, 28, 28, 1], 5, 16)).toBe(false);
  });

  it("fails where tiles would be mostly empty, or the filter costs more than the images", () => {
    expect(suits([32, 5, 5, 32], 3, 4)).toBe(false);
    expect(suits([1, 4, 4, 64], 3, 64)).toBe(false);
  });
});
