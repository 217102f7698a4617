import type { LayerDescription, ModelDescription } from "../nn/index.js";

/** MNIST's images, made flat. */
const input = [28, 28, 1];

/** A fully connected net: hidden layers of rectified units, then a softmax over ten classes. */
export function rectifiedNet(...hidden: readonly number[]): ModelDescription {
  return {
    input,
    layers: [
      { type: "flatten" },
      ...hidden.map((units): LayerDescription => ({ type: "dense", units, activation: "relu" })),
      { type: "dense", units: 10, activation: "softmax" },
    ],
  };
}
