import type { Recipe } from "./recipe.js";

/** The simplest network there is: one weight a pixel and class. Linear, so about 92 % is its limit. */
export const softmax: Recipe = {
  name: "softmax",
  summary: "softmax regression",
  model: {
    input: [28, 28, 1],
    layers: [{ type: "flatten" }, { type: "dense", units: 10, activation: "softmax" }],
  },
  training: {
    epochs: 10,
    batchSize: 32,
    learningRate: 0.1,
    loss: { type: "crossEntropy" },
    optimizer: { type: "sgd" },
    schedule: { type: "cosine" },
  },
};
