import { describe, expect, it } from "vitest";
import { count, percent, percentNumber } from "./number-text.js";

describe("percent", () => {
  it("has as many decimals as wanted, two if nothing is said", () => {
    expect(percent(0.97634)).toBe("97.63 %");
    expect(percent(0.5, 0)).toBe("50 %");
    expect(percent(0)).toBe("0.00 %");
  });

  it("never calls what is not all so", () => {
    expect(percent(1)).toBe("100.00 %");
    expect(percent(0.99999)).toBe(">99.99 %");
    expect(percent(0.9996, 1)).toBe(">99.9 %");
    expect(percent(0.996, 0)).toBe(">99 %");
  });
});

describe("count", () => {
  it("sets thousands apart", () => {
    expect([0, 999, 1000, 60_000, 1_234_567.8].map(count)).toEqual([
      "0",
      "999",
      "1,000",
      "60,000",
      "1,234,568",
    ]);
  });
});

describe("percentNumber", () => {
  it("rounds to a decimal, but neither to nothing nor to all", () => {
    const shares = [0, 0.0001, 0.0005, 0.97634, 0.9994, 0.9999, 1];
    expect(shares.map(percentNumber)).toEqual(["0", "<0.1", "0.1", "97.6", "99.9", ">99.9", "100"]);
  });
});
