import type { Recipe } from "./recipe.js";

/**
 * Two convolutions and two dense layers, trained with one large swing of the rate (Smith and Topin
 * 2019): 99.3 % after three epochs, on a tenth of MNIST's training images held back.
 */
export const cnn: Recipe = {
  name: "cnn",
  summary: "two convolutions, then 256 units",
  model: {
    input: [28, 28, 1],
    layers: [
      { type: "conv2d", filters: 24, kernel: 5, padding: "same", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "conv2d", filters: 32, kernel: 3, padding: "same", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "flatten" },
      { type: "dense", units: 256, activation: "relu" },
      { type: "dense", units: 10, activation: "softmax" },
    ],
  },
  training: {
    epochs: 3,
    batchSize: 128,
    learningRate: 0.004,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adam", beta1: 0.7, beta2: 0.9 },
    schedule: { type: "oneCycle" },
  },
};
