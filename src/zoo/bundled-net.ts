import type { ModelDescription } from "../nn/index.js";
import { normalisedConvolution as convolution } from "./normalised-convolution.js";

/**
 * The network of the bundled models: four convolutions, wide where images are small, where they cost least.
 *
 * @param widths - filters of each
 * @param classes - outputs, that of what is no character included
 */
export function bundledNet(
  [first, second, third, fourth]: readonly [number, number, number, number],
  classes: number,
): ModelDescription {
  return {
    input: [28, 28, 1],
    layers: [
      ...convolution(first, 5),
      { type: "maxPool2d", size: 2 },
      ...convolution(second, 5),
      { type: "maxPool2d", size: 2 },
      ...convolution(third, 3),
      ...convolution(fourth, 3),
      { type: "maxPool2d", size: 2 },
      { type: "flatten" },
      { type: "dropout", rate: 0.2 },
      { type: "dense", units: classes, activation: "softmax" },
    ],
  };
}
