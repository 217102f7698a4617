import { describe, expect, it } from "vitest";
import { pairedPermutationTest } from "./paired-permutation-test.js";

describe("pairedPermutationTest", () => {
  it("counts the swaps: of five differences with one sign, 2 in 32", () => {
    expect(pairedPermutationTest([5, 6, 7, 8, 9], [1, 1, 1, 1, 1])).toBe(2 / 32);
    expect(pairedPermutationTest([1, 1, 1, 1, 1], [5, 6, 7, 8, 9])).toBe(2 / 32);
  });

  it("counts by hand: differences 3, 2, -1 reach their sum of 4 with 4 of 8 signs", () => {
    // 3+2-1 = 4, 3+2+1 = 6, and their mirror images.
    expect(pairedPermutationTest([3, 2, 0], [0, 0, 1])).toBe(4 / 8);
  });

  it("is not surprised by what is equal", () => {
    expect(pairedPermutationTest([1, 2, 3], [1, 2, 3])).toBe(1);
  });

  it("takes sums for equal that differ by rounding alone", () => {
    expect(pairedPermutationTest([0.1, 0.2, 0.3], [0.2, 0.3, 0.1])).toBe(1);
  });

  it("refuses no pairs, odd ones, and more than can be counted", () => {
    const many = new Array<number>(21).fill(0);
    for (const [a, b] of [
      [[], []],
      [[1], []],
      [many, many],
    ] as const) {
      expect(() => pairedPermutationTest(a, b)).toThrow(
        `pairedPermutationTest: needs 1 to 20 pairs, got ${a.length} and ${b.length} figures`,
      );
    }
  });
});
