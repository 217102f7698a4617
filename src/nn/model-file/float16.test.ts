import { describe, expect, it } from "vitest";
import { float16Bits, float16Value } from "./float16.js";

describe("half precision", () => {
  it("gives back every one of its numbers", () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = float16Value(half);
      if (Number.isNaN(value)) expect(Number.isNaN(float16Value(float16Bits(value)))).toBe(true);
      else if (float16Bits(value) !== half) expect.fail(`${half} became ${float16Bits(value)}`);
    }
  });

  it("knows its landmarks", () => {
    expect(float16Value(0x3c00)).toBe(1);
    expect(float16Value(0xc000)).toBe(-2);
    expect(float16Value(0x7bff)).toBe(65504);
    expect(float16Value(0x0001)).toBe(2 ** -24);
    expect(float16Value(0x0400)).toBe(2 ** -14);
    expect(float16Bits(-0)).toBe(0x8000);
    expect(float16Bits(1 / 3)).toBe(0x3555);
  });

  it("rounds to the nearest, at halves to the even one, between all neighbours", () => {
    for (let half = 0; half < 0x7bff; half++) {
      const [low, high] = [float16Value(half), float16Value(half + 1)];
      const middle = (low + high) / 2;
      const even = half % 2 === 0 ? half : half + 1;
      const quarter = (high - low) / 4;
      const rounded = [middle, middle - quarter, middle + quarter, -middle].map(float16Bits);
      const right = [even, half, half + 1, 0x8000 | even];
      if (String(rounded) !== String(right)) expect.fail(`${middle}: ${rounded}, not ${right}`);
    }
  });

  it("overflows to infinity from 65520 on", () => {
    expect(float16Bits(65519.99)).toBe(0x7bff);
    expect(float16Bits(65520)).toBe(0x7c00);
    expect(float16Bits(-1e30)).toBe(0xfc00);
    expect(float16Bits(2 ** -26)).toBe(0);
    expect(float16Bits(2 ** -25)).toBe(0);
    expect(float16Bits(2 ** -25 * 1.001)).toBe(1);
  });
});
