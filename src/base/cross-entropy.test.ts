import { describe, expect, it } from "vitest";
import { crossEntropy } from "./cross-entropy.js";

describe("crossEntropy", () => {
  it("is the logarithm of the number of classes for who guesses", () => {
    expect(crossEntropy(new Float32Array(20), Int32Array.of(3, 9))).toBeCloseTo(Math.log(10), 12);
  });

  it("is the mean surprise at the labels, in nats", () => {
    const logits = [Math.log(3), 0, 0, Math.log(3)];
    const expected = (-Math.log(0.75) - Math.log(0.25)) / 2;
    expect(crossEntropy(logits, Int32Array.of(0, 0))).toBeCloseTo(expected, 12);
  });

  it("is 0 for who is right beyond doubt", () => {
    expect(crossEntropy([1000, 0, 0, 1000], Int32Array.of(0, 1))).toBe(0);
  });
});
