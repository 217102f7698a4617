import type { Recipe } from "./recipe.js";

/**
 * The bundled model's: small enough to travel with the package. Slightly deformed images and
 * averaged weights do more for it than size. The record of its training lies beside it in `models/`.
 */
export const digits: Recipe = {
  name: "digits",
  summary: "the bundled reader, three convolutions",
  model: {
    input: [28, 28, 1],
    layers: [
      { type: "conv2d", filters: 24, kernel: 5, padding: "same", bias: false },
      { type: "batchNorm", momentum: 0.99 },
      { type: "activation", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "conv2d", filters: 48, kernel: 3, padding: "same", bias: false },
      { type: "batchNorm", momentum: 0.99 },
      { type: "activation", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "conv2d", filters: 96, kernel: 3, padding: "same", bias: false },
      { type: "batchNorm", momentum: 0.99 },
      { type: "activation", activation: "relu" },
      { type: "maxPool2d", size: 2 },
      { type: "flatten" },
      { type: "dense", units: 10, activation: "softmax" },
    ],
  },
  training: {
    epochs: 12,
    batchSize: 64,
    learningRate: 0.003,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adamw", weightDecay: 0.01 },
    schedule: { type: "cosine", warmup: 0.02 },
    averageDecay: 0.998,
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
