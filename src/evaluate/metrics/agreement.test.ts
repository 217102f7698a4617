import { describe, expect, it } from "vitest";
import { agreement } from "./agreement.js";

describe("agreement", () => {
  it("gives what the two-class formulas give", () => {
    // TN 50, FP 10, FN 5, TP 35
    const { matthewsCorrelation, cohensKappa, undefinedRatios } = agreement([
      [50, 10],
      [5, 35],
    ]);
    expect(matthewsCorrelation).toBeCloseTo((35 * 50 - 10 * 5) / Math.sqrt(45 * 40 * 60 * 55), 12);
    const expected = (60 * 55 + 40 * 45) / 10_000;
    expect(cohensKappa).toBeCloseTo((0.85 - expected) / (1 - expected), 12);
    expect(undefinedRatios).toEqual([]);
  });

  it("is 1 where all is right, 0 where answers pay no heed to the image, -1 where all is swapped", () => {
    const of = (...rows: number[][]) => {
      const { matthewsCorrelation, cohensKappa } = agreement(rows);
      return [matthewsCorrelation, cohensKappa];
    };
    expect(of([3, 0, 0], [0, 4, 0], [0, 0, 5])).toEqual([1, 1]);
    expect(of([8, 2], [4, 1])).toEqual([0, 0]);
    expect(of([0, 5], [5, 0])).toEqual([-1, -1]);
  });

  it("is 0 and said to be undefined where one class is all there is", () => {
    expect(
      agreement([
        [3, 0],
        [2, 0],
      ]),
    ).toEqual({
      matthewsCorrelation: 0,
      cohensKappa: 0,
      undefinedRatios: ["matthewsCorrelation"],
    });
    expect(
      agreement([
        [3, 0],
        [0, 0],
      ]),
    ).toMatchObject({
      undefinedRatios: ["matthewsCorrelation", "cohensKappa"],
    });
  });
});
