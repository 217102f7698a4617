import { describe, expect, it } from "vitest";
import { polarityOf } from "./polarity.js";

const relief = (noise: number, ...data: number[]) => ({
  plane: { width: data.length, height: 1, data: Float32Array.from(data) },
  noise,
});

describe("polarityOf", () => {
  it("goes by the side that stands out more in sum", () => {
    expect(polarityOf(relief(0, 0, -100, -90, 120, 0))).toBe("dark");
    expect(polarityOf(relief(0, 0, -100, 90, 120, 0))).toBe("light");
  });

  it("sees nothing in differences too small for the eye", () => {
    expect(polarityOf(relief(0, 5, -20, 12, 0))).toBeUndefined();
  });

  it("sees nothing within the noise", () => {
    expect(polarityOf(relief(10, 0, -45, 38, 0))).toBeUndefined();
    expect(polarityOf(relief(10, 0, -55, 38, 0))).toBe("dark");
  });
});
