import { describe, expect, it } from "vitest";
import { mcnemarExact } from "./mcnemar.js";

describe("mcnemarExact", () => {
  it("agrees with the sum of binomial terms in exact fractions", () => {
    // 2 · Σ C(n, i) / 2ⁿ with Python's fractions.Fraction and math.comb.
    const exact: readonly (readonly [b: number, c: number, p: number])[] = [
      [2, 0, 0.5],
      [0, 6, 0.03125],
      [10, 1, 0.01171875],
      [3, 9, 0.14599609375],
      [37, 59, 0.03154812025373352],
      [300, 351, 0.04995277821288467],
      [1000, 1100, 0.030720707864242296],
      [620, 39, 1.2000321869649273e-135],
    ];
    for (const [b, c, p] of exact) {
      expect(mcnemarExact(b, c) / p).toBeCloseTo(1, 10);
      expect(mcnemarExact(c, b)).toBe(mcnemarExact(b, c));
    }
  });

  it("finds nothing where both err alike, or never", () => {
    expect(mcnemarExact(5, 5)).toBe(1);
    expect(mcnemarExact(0, 0)).toBe(1);
  });
});
