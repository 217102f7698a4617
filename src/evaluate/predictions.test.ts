import { describe, expect, it } from "vitest";
import { ShapeError } from "../base/index.js";
import { predictedClasses, softmax } from "./predictions.js";

describe("predictedClasses", () => {
  it("takes the highest score, and the first of equals", () => {
    expect([...predictedClasses(Float32Array.of(0, 2, 1, 3, 3, 1), 3)]).toEqual([1, 0]);
  });

  it("refuses a row cut short", () => {
    expect(() => predictedClasses(new Float32Array(5), 3)).toThrow(ShapeError);
  });
});

describe("softmax", () => {
  it("turns logits into shares that sum to 1", () => {
    const [a, b] = softmax(Float32Array.of(Math.log(3), 0), 2);
    expect(a).toBeCloseTo(0.75, 6);
    expect(b).toBeCloseTo(0.25, 6);
  });

  it("does not overflow", () => {
    expect([...softmax(Float32Array.of(1000, 0, -1000, 5, 5, 5), 3)]).toEqual([
      1,
      0,
      0,
      ...Array(3).fill(Math.fround(1 / 3)),
    ]);
  });
});
