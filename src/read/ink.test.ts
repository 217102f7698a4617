import { describe, expect, it } from "vitest";
import { inkOf } from "./ink.js";

const relief = (noise: number, ...data: number[]) => ({
  plane: { width: data.length, height: 1, data: Float32Array.from(data) },
  noise,
});

describe("inkOf", () => {
  it("keeps the greys of a picture of full contrast", () => {
    expect([...inkOf(relief(0, 0, 10, 100, 253, 250), "light").plane.data]).toEqual([
      0, 10, 100, 253, 250,
    ]);
  });

  it("turns dark ink bright and stretches pale ink to full strength", () => {
    expect([...inkOf(relief(0, 0, -50, -100, -100, 40), "dark").plane.data]).toEqual([
      0, 127.5, 255, 255, 0,
    ]);
  });

  it("takes the noise floor off", () => {
    const { plane } = inkOf(relief(5, 10, 14, 115, 115), "light");
    expect([...plane.data]).toEqual([0, 0, 255, 255]);
  });

  it("tells from how much ink on a pixel is no noise", () => {
    // Five deviations of noise, of which three are taken off, on the scale of 100 levels.
    expect(inkOf(relief(5, 10, 14, 115, 115), "light").evident).toBeCloseTo((10 * 255) / 100, 9);
    expect(inkOf(relief(0, 0, 240), "light").evident).toBe(24);
  });
});
