import type { Recipe } from "./recipe.js";

/**
 * 99 % of MNIST's test set in the least time: one epoch. The first convolution strides, so that all
 * after it is small; one swing of the rate (Smith and Topin 2019), short memories of the gradients,
 * and smoothed targets, worth about 0.15 %. Chosen on a tenth of the training images held back:
 * 98.98 % there, mean of six seeds. Trained on all 60,000: 99.14 % of the test set, mean of ten seeds,
 * from 99.08 % to 99.21 %.
 */
export const fast99: Recipe = {
  name: "fast99",
  summary: "two convolutions, one epoch",
  model: {
    input: [28, 28, 1],
    layers: [
      { type: "conv2d", filters: 24, kernel: 5, strides: 2, activation: "relu" },
      { type: "conv2d", filters: 32, kernel: 3, padding: "same", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "flatten" },
      { type: "dense", units: 128, activation: "relu" },
      { type: "dense", units: 10, activation: "softmax" },
    ],
  },
  training: {
    epochs: 1,
    batchSize: 128,
    learningRate: 0.008,
    loss: { type: "crossEntropy", smoothing: 0.1 },
    optimizer: { type: "adam", beta1: 0.7, beta2: 0.9 },
    schedule: { type: "oneCycle" },
  },
};
