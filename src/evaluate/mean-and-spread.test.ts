import { describe, expect, it } from "vitest";
import { meanAndSpread } from "./mean-and-spread.js";

describe("meanAndSpread", () => {
  it("gives mean, range and the deviation of the sample", () => {
    expect(meanAndSpread([2, 4, 9])).toEqual({
      n: 3,
      mean: 5,
      min: 2,
      max: 9,
      deviation: Math.sqrt((9 + 1 + 16) / 2),
    });
  });

  it("has no deviation for one value, and refuses none", () => {
    expect(meanAndSpread([3])).toEqual({ n: 1, mean: 3, min: 3, max: 3, deviation: 0 });
    expect(() => meanAndSpread([])).toThrow("meanAndSpread: needs at least one value, got none");
  });
});
