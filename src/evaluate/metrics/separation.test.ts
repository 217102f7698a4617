import { describe, expect, it } from "vitest";
import { mostProbable } from "./most-probable.js";
import { separation } from "./separation.js";

describe("separation", () => {
  it("is 1 where all of one kind score above all of the other", () => {
    expect(separation(Float64Array.of(0.9, 0.8), Float64Array.of(0.1, 0.7, 0.3))).toBe(1);
  });

  it("counts pairs in the wrong order, and equal ones half", () => {
    // Of six pairs one is wrong and one equal.
    expect(separation(Float64Array.of(0.9, 0.5), Float64Array.of(0.5, 0.7, 0.1))).toBeCloseTo(
      4.5 / 6,
    );
  });

  it("leaves its arguments as they are", () => {
    const scores = Float64Array.of(0.2, 0.9, 0.5);
    separation(scores, Float64Array.of(0.1));
    expect([...scores]).toEqual([0.2, 0.9, 0.5]);
  });
});

describe("mostProbable", () => {
  it("gives the highest probability of each row", () => {
    expect([...mostProbable(Float64Array.of(0.1, 0.7, 0.2, 0.3, 0.3, 0.2), 3)]).toEqual([0.7, 0.3]);
  });
});
