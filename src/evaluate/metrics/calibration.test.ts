import { describe, expect, it } from "vitest";
import { calibration } from "./calibration.js";

describe("calibration", () => {
  it("sorts answers by confidence into 15 bins, each with its upper edge", () => {
    const probabilities = Float64Array.from([0.6, 0.62, 1, 0.6001].flatMap((p) => [p, 1 - p]));
    const labels = Int32Array.of(0, 1, 0, 0);
    const { bins } = calibration(probabilities, labels, { negativeLogLikelihood: 0 });
    expect(bins).toHaveLength(15);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1]);
    expect(bins[8]).toMatchObject({ low: 8 / 15, high: 0.6, confidence: 0.6, accuracy: 1 });
    expect(bins[9]).toMatchObject({ confidence: expect.closeTo(0.61005, 12), accuracy: 0.5 });
    expect(bins[0]).toEqual({ low: 0, high: 1 / 15, count: 0, confidence: 0, accuracy: 0 });
    expect(bins[14]!.high).toBe(1);
  });

  it("weighs the gaps of the bins by their images", () => {
    const probabilities = Float64Array.from([0.9, 0.9, 0.9, 0.7].flatMap((p) => [p, 1 - p]));
    const { expectedCalibrationError } = calibration(probabilities, Int32Array.of(0, 0, 1, 0), {
      negativeLogLikelihood: 0,
    });
    expect(expectedCalibrationError).toBeCloseTo((3 * (0.9 - 2 / 3) + 0.3) / 4, 12);
  });

  it("has a Brier score from 0, sure and right, to 2, sure and wrong", () => {
    const brier = (label: number): number =>
      calibration(Float64Array.of(1, 0, 0), Int32Array.of(label), { negativeLogLikelihood: 0 })
        .brierScore;
    expect([brier(0), brier(1)]).toEqual([0, 2]);
  });
});
