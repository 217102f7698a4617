import { describe, expect, it } from "vitest";
import { ShapeError } from "../../base/index.js";
import { predictedClasses } from "./predicted-classes.js";

describe("predictedClasses", () => {
  it("takes the highest score, and the first of equals", () => {
    expect([...predictedClasses(Float32Array.of(0, 2, 1, 3, 3, 1), 3)]).toEqual([1, 0]);
  });

  it("refuses a row cut short", () => {
    expect(() => predictedClasses(new Float32Array(5), 3)).toThrow(
      new ShapeError("predictedClasses: scores must be [n, 3], got 5 numbers"),
    );
  });
});
