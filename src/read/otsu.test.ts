import { describe, expect, it } from "vitest";
import { otsu, quantile } from "./otsu.js";

describe("otsu", () => {
  it("cuts between two peaks and says how far apart they are", () => {
    const { threshold, contrast } = otsu(Float64Array.of(0, 4, 4, 0, 0, 0, 2, 2, 0));
    expect(threshold).toBe(2);
    expect(contrast).toBe(5);
  });

  it("finds no contrast in a single level", () => {
    expect(otsu(Float64Array.of(0, 0, 7, 0)).contrast).toBe(0);
    expect(otsu(new Float64Array(4)).contrast).toBe(0);
  });
});

describe("quantile", () => {
  it("is the level at or below which the share lies", () => {
    const histogram = Float64Array.of(0, 1, 2, 0, 5);
    expect(quantile(histogram)).toBe(4);
    expect(quantile(histogram, 0.25)).toBe(2);
    expect(quantile(histogram, 0.1)).toBe(1);
  });

  it("is 0 where there is nothing", () => {
    expect(quantile(new Float64Array(8))).toBe(0);
  });
});
