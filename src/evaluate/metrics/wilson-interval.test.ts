import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./wilson-interval.js";

describe("wilsonInterval", () => {
  it("gives the bounds worked by hand", () => {
    // 8 of 10: centre (0.8 + 0.19207) / 1.38415, half width 1.95996 √(0.016 + 0.009604) / 1.38415
    const [low, high] = wilsonInterval(8, 10);
    expect(low).toBeCloseTo(0.4901625, 6);
    expect(high).toBeCloseTo(0.9433178, 6);
  });

  it("puts 25 errors of 10 000 between 0.17 and 0.37 percent", () => {
    const [low, high] = wilsonInterval(25, 10_000);
    expect(low).toBeCloseTo(0.0016941, 6);
    expect(high).toBeCloseTo(0.0036879, 6);
  });

  it("says nothing about no images", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it("holds the share, stays in [0, 1] and mirrors", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const right = Math.round(share * n);
          const [low, high] = wilsonInterval(right, n);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(right / n);
          expect(high).toBeGreaterThanOrEqual(right / n);
          expect(wilsonInterval(n - right, n)[0]).toBeCloseTo(1 - high, 9);
        },
      ),
    );
  });
});
