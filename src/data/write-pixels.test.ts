import { describe, expect, it } from "vitest";
import { writePixels } from "./write-pixels.js";

describe("writePixels", () => {
  it("writes every pixel as its 255th, to the last bit of float32", () => {
    const pixels = Uint8Array.from({ length: 256 }, (_, pixel) => pixel);
    const values = new Float32Array(256);
    writePixels(pixels, values, 0);
    expect([...values]).toEqual([...pixels].map((pixel) => Math.fround(pixel / 255)));
  });

  it("writes where it is told to, and nowhere else", () => {
    const values = new Float64Array(4).fill(7);
    writePixels(Uint8Array.of(0, 255), values, 1);
    expect([...values]).toEqual([7, 0, 1, 7]);
  });
});
