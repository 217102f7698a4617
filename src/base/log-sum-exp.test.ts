import { describe, expect, it } from "vitest";
import { logSumExp } from "./log-sum-exp.js";

describe("logSumExp", () => {
  it("is the logarithm of the sum of exponentials", () => {
    expect(logSumExp([Math.log(1), Math.log(2), Math.log(5)], 0, 3)).toBeCloseTo(Math.log(8), 12);
  });

  it("takes only the values it is told to", () => {
    expect(logSumExp([9, 3, 3, 9], 1, 2)).toBeCloseTo(3 + Math.LN2, 12);
  });

  it("neither overflows nor vanishes", () => {
    expect(logSumExp([1000, 1000], 0, 2)).toBeCloseTo(1000 + Math.LN2, 9);
    expect(logSumExp([-1000, -1000], 0, 2)).toBeCloseTo(-1000 + Math.LN2, 9);
  });
});
