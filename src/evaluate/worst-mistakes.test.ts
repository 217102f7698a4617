import { describe, expect, it } from "vitest";
import type { ImageSet } from "../data/index.js";
import { worstMistakes } from "./worst-mistakes.js";

describe("worstMistakes", () => {
  const set: ImageSet = {
    count: 4,
    height: 1,
    width: 2,
    channels: 1,
    images: Uint8Array.of(0, 255, 10, 20, 30, 40, 50, 60),
    labels: Int32Array.of(0, 1, 0, 1),
    classes: ["a", "b"],
  };
  // Right, sure; wrong, a little; wrong, very; right.
  const logits = Float32Array.of(5, 0, 1, 0, 0, 4, 0, 1);

  it("lists the misread images, the surest first", async () => {
    const mistakes = await worstMistakes(set, logits, { limit: 10 });
    expect(mistakes.map(({ index, actual, predicted }) => [index, actual, predicted])).toEqual([
      [2, "a", "b"],
      [1, "b", "a"],
    ]);
    expect(mistakes[0].confidence).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
  });

  it("stops at the limit", async () => {
    expect(await worstMistakes(set, logits, { limit: 1 })).toHaveLength(1);
  });

  it("carries each image as a PNG file of its size", async () => {
    const [{ png }] = await worstMistakes(set, logits, { limit: 1 });
    const view = new DataView(png.buffer, png.byteOffset);
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([2, 1]);
  });
});
