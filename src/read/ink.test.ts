import { describe, expect, it } from "vitest";
import { inkOf } from "./ink.js";

const relief = (noise: number, ...data: number[]) => ({
  plane: { width: data.length, height: 1, data: Float32Array.from(data) },
  noise,
});

describe("inkOf", () => {
  it("keeps the greys of a picture of full contrast", () => {
    expect([...inkOf(relief(0, 0, 10, 100, 253, 250), "light").data]).toEqual([
      0, 10, 100, 253, 250,
    ]);
  });

  it("turns dark ink bright and stretches pale ink to full strength", () => {
    expect([...inkOf(relief(0, 0, -50, -100, -100, 40), "dark").data]).toEqual([
      0, 127.5, 255, 255, 0,
    ]);
  });

  it("takes the noise floor off", () => {
    const { data } = inkOf(relief(5, 10, 14, 115, 115), "light");
    expect([...data]).toEqual([0, 0, 255, 255]);
  });
});
