import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countAxis, linearAxis, logAxis } from "./axis.js";

describe("linearAxis", () => {
  it("reaches from round number to round number", () => {
    const axis = linearAxis(0.83, 1, 4);
    expect(axis.ticks).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
    expect(axis.place(0.8)).toBeCloseTo(0, 12);
    expect(axis.place(1)).toBeCloseTo(1, 12);
  });

  it("has room for values that are all the same", () => {
    for (const value of [0, 1, 0.3]) {
      const { place, ticks } = linearAxis(value, value, 4);
      expect(ticks.length).toBeGreaterThan(1);
      expect(place(value)).toBeGreaterThan(-1e-9);
      expect(place(value)).toBeLessThan(1 + 1e-9);
    }
  });
});

describe("logAxis", () => {
  it("marks 1, 2 and 5 of each power of ten", () => {
    expect(logAxis(0.03, 0.6).ticks).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  });

  it("marks the powers alone where there are many", () => {
    expect(logAxis(0.0003, 2).ticks).toEqual([0.001, 0.01, 0.1, 1]);
  });
});

describe("countAxis", () => {
  it("labels every epoch while they are few, then round numbers", () => {
    expect(countAxis(5, 6).ticks).toEqual([1, 2, 3, 4, 5]);
    expect(countAxis(12, 6).ticks).toEqual([2, 4, 6, 8, 10, 12]);
    expect(countAxis(1, 6).ticks).toEqual([1]);
  });
});

describe("every axis", () => {
  it("holds its values and its ticks, in order", () => {
    const values = fc.double({ min: 1e-4, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const axes = [linearAxis(low, high, 4)];
        if (high > 5 * low) axes.push(logAxis(low, high));
        for (const { place, ticks } of axes) {
          for (const value of [low, high, ...ticks]) {
            expect(place(value)).toBeGreaterThan(-1e-9);
            expect(place(value)).toBeLessThan(1 + 1e-9);
          }
          expect(ticks).toEqual(ticks.toSorted((x, y) => x - y));
        }
      }),
    );
  });
});
