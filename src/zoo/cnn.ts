import { normalisedConvolution as convolution } from "./normalised-convolution.js";
import type { Recipe } from "./recipe.js";

/**
 * Two convolutions and two dense layers: the shape of LeNet, with what was learned since. 99.47 % of a sixth
 * of MNIST's training images held back, after nine of twelve epochs.
 */
export const cnn: Recipe = {
  name: "cnn",
  summary: "two convolutions, then 256 units",
  model: {
    input: [28, 28, 1],
    layers: [
      ...convolution(32, 5),
      { type: "maxPool2d", size: 2 },
      ...convolution(64, 3),
      { type: "maxPool2d", size: 2 },
      { type: "flatten" },
      { type: "dense", units: 256, activation: "relu" },
      { type: "dense", units: 10, activation: "softmax" },
    ],
  },
  training: {
    epochs: 12,
    batchSize: 64,
    learningRate: 0.003,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adamw", weightDecay: 0.02 },
    schedule: { type: "cosine", warmup: 0.02 },
    augmentation: {
      rotationDegrees: 10,
      scale: 0.1,
      shear: 0.12,
      shiftPx: 1.5,
      thickness: 0.5,
      elasticPx: 0.6,
    },
  },
};
