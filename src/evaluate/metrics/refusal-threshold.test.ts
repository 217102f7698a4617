import { describe, expect, it } from "vitest";
import { refusalThreshold } from "./refusal-threshold.js";

/** Logits of two classes that give the first one these confidences. */
function logitsOf(confidences: readonly number[]): Float32Array {
  return Float32Array.from(confidences.flatMap((p) => [Math.log(p / (1 - p)), 0]));
}

describe("refusalThreshold", () => {
  const logits = logitsOf([0.99, 0.9, 0.8, 0.7, 0.6]);
  // The answers at 0.9 and 0.6 are wrong.
  const labels = Int32Array.of(0, 1, 0, 0, 1);

  it("answers as many as it can within the error", () => {
    const { threshold, coverage, error } = refusalThreshold(logits, labels, {
      classes: 2,
      error: 0.25,
    });
    expect(threshold).toBeCloseTo(0.7, 6);
    expect(coverage).toBe(0.8);
    expect(error).toBe(0.25);
  });

  it("answers everything where any error is allowed", () => {
    expect(refusalThreshold(logits, labels, { classes: 2, error: 1 }).coverage).toBe(1);
  });

  it("answers nothing where even the surest answer is wrong", () => {
    const all = Int32Array.of(1, 1, 1, 1, 1);
    expect(refusalThreshold(logits, all, { classes: 2, error: 0.1 })).toEqual({
      threshold: 1,
      coverage: 0,
      error: 0,
    });
  });

  it("lets equal confidences stand or fall together", () => {
    const equal = logitsOf([0.9, 0.9, 0.9]);
    const { coverage } = refusalThreshold(equal, Int32Array.of(0, 0, 1), {
      classes: 2,
      error: 0.1,
    });
    expect(coverage).toBe(0);
  });
});
