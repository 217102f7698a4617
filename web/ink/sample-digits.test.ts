import { describe, expect, it } from "vitest";
import { Random } from "../../src/base/index.js";
import { SAMPLE_DIGITS, sampleDigit } from "./index.js";

describe("a sample digit", () => {
  it.each(SAMPLE_DIGITS)("%i stays on the sheet", (digit) => {
    const random = new Random(1);
    for (let i = 0; i < 100; i++) {
      const points = sampleDigit(digit, 0.085, random).flat();
      expect(points.length).toBeGreaterThan(8);
      for (const { x, y, width } of points) {
        expect(Math.min(x, y) - width / 2).toBeGreaterThan(0);
        expect(Math.max(x, y) + width / 2).toBeLessThan(1);
      }
    }
  });

  it("is the same for the same random numbers, and another for others", () => {
    const first = sampleDigit(7, 0.05, new Random(1));
    expect(sampleDigit(7, 0.05, new Random(1))).toEqual(first);
    expect(sampleDigit(7, 0.05, new Random(2))).not.toEqual(first);
  });

  it("has a stroke for each time the pen is set down", () => {
    expect(sampleDigit(4, 0.05, new Random(1))).toHaveLength(2);
    expect(sampleDigit(3, 0.05, new Random(1))).toHaveLength(1);
  });
});
