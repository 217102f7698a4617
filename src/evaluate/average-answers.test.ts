import { describe, expect, it } from "vitest";
import { ShapeError, softmax } from "../base/index.js";
import { averageAnswers } from "./average-answers.js";

describe("averageAnswers", () => {
  it("gives logits whose softmax is the mean of the members' probabilities", () => {
    const members = [Float32Array.of(2, 0, -1, 0, 0, 9), Float32Array.of(0, 3, -1, 5, -4, 0)];
    const [a, b] = members.map((logits) => softmax(logits, 3));
    const answers = softmax(averageAnswers(members, 3), 3);
    answers.forEach((probability, i) => {
      expect(probability).toBeCloseTo((a[i] + b[i]) / 2, 6);
    });
  });

  it("stays finite where every member is sure that a class is wrong", () => {
    const sure = Float32Array.of(1000, -1000);
    expect(averageAnswers([sure, sure], 2).every(Number.isFinite)).toBe(true);
  });

  it("refuses no members, and members of different sets", () => {
    expect(() => averageAnswers([], 2)).toThrow(ShapeError);
    expect(() => averageAnswers([new Float32Array(2), new Float32Array(4)], 2)).toThrow(
      "averageAnswers: needs logits, all of one size, got 2 and 4",
    );
  });
});
