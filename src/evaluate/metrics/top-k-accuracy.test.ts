import { describe, expect, it } from "vitest";
import { topKAccuracy } from "./top-k-accuracy.js";

describe("topKAccuracy", () => {
  it("counts the images whose class is among the k highest", () => {
    const scores = [3, 2, 1, 3, 2, 1, 3, 2, 1];
    const labels = Int32Array.of(0, 1, 2);
    expect([1, 2, 3].map((k) => topKAccuracy(scores, labels, { k }))).toEqual([1 / 3, 2 / 3, 1]);
  });

  it("puts the first of equal scores first, as the answer is the first", () => {
    const scores = [1, 1, 1];
    expect([0, 1, 2].map((label) => topKAccuracy(scores, Int32Array.of(label), { k: 2 }))).toEqual([
      1, 1, 0,
    ]);
  });
});
