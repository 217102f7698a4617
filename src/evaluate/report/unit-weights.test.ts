import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, maxPool2d, model, type Weights } from "../../nn/index.js";
import { unitWeights } from "./unit-weights.js";

const array = (shape: number[], data: number[]): Weights => {
  return new Map([["layers.1.weight", { shape, data: Float32Array.from(data) }]]);
};

describe("unitWeights", () => {
  it("lays the weights of a dense unit out as the image it sees", () => {
    // Two units, W [4, 2] row by row: the first unit has 1 2 3 4, the second 5 6 7 8.
    const weights = array([4, 2], [1, 5, 2, 6, 3, 7, 4, 8]);
    const network = model({ input: [2, 2, 1], layers: [flatten(), dense(2)] });
    expect(unitWeights(network, weights)).toEqual({
      name: "layers.1.weight",
      type: "dense",
      height: 2,
      width: 2,
      units: 2,
      isLast: true,
      images: [
        { unit: 0, channel: 0, values: Float32Array.of(1, 2, 3, 4) },
        { unit: 1, channel: 0, values: Float32Array.of(5, 6, 7, 8) },
      ],
    });
  });

  it("takes filters of a convolution channel by channel", () => {
    // W [1, 2, 2, 1]: taps from left to right, two channels each.
    const layers = [{ type: "dropout", rate: 0.1 }, conv2d(1, [1, 2])] as const;
    const network = model({ input: [2, 2, 2], layers: [...layers] });
    const units = unitWeights(network, array([1, 2, 2, 1], [1, 2, 3, 4]));
    expect(units?.images.map(({ values }) => [...values])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it("shows nothing where pixels were moved before", () => {
    const network = model({ input: [2, 2, 1], layers: [maxPool2d(2), conv2d(1, 1)] });
    expect(unitWeights(network, array([1, 1, 1, 1], [1]))).toBe(undefined);
  });
});
