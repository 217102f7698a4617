import type { Recipe } from "./recipe.js";

/** System B: a small net on 5,000 images of 20×20, whose outputs are logits: softmax belongs to the loss. */
export const systemB: readonly Recipe[] = [
  {
    name: "mlp-25-15",
    summary: "25 and 15 rectified units, logits",
    data: "digits-20x20",
    whole: true,
    model: {
      input: [20, 20, 1],
      layers: [
        { type: "flatten" },
        { type: "dense", units: 25, activation: "relu" },
        { type: "dense", units: 15, activation: "relu" },
        { type: "dense", units: 10 },
      ],
    },
    training: {
      epochs: 40,
      batchSize: 32,
      learningRate: 0.001,
      loss: { type: "crossEntropy" },
      optimizer: { type: "adam" },
      schedule: { type: "constant" },
    },
    reported: { system: "B", trainAccuracy: 0.997 },
  },
  {
    name: "cnn-20x20",
    summary: "three convolutions, deformed images",
    data: "digits-20x20",
    whole: true,
    model: {
      input: [20, 20, 1],
      layers: [
        { type: "conv2d", filters: 32, kernel: 3, padding: "same", bias: false },
        { type: "batchNorm" },
        { type: "activation", activation: "relu" },
        { type: "conv2d", filters: 32, kernel: 3, padding: "same", bias: false },
        { type: "batchNorm" },
        { type: "activation", activation: "relu" },
        { type: "maxPool2d", size: 2 },
        { type: "conv2d", filters: 64, kernel: 3, padding: "same", bias: false },
        { type: "batchNorm" },
        { type: "activation", activation: "relu" },
        { type: "maxPool2d", size: 2 },
        { type: "flatten" },
        { type: "dropout", rate: 0.3 },
        { type: "dense", units: 10, activation: "softmax" },
      ],
    },
    training: {
      epochs: 40,
      batchSize: 32,
      learningRate: 0.003,
      loss: { type: "crossEntropy" },
      optimizer: { type: "adamw", weightDecay: 0.01 },
      schedule: { type: "cosine", warmup: 0.02 },
      averageDecay: 0.998,
      augmentation: {
        rotationDegrees: 10,
        scale: 0.1,
        shear: 0.15,
        shiftPx: 1.5,
        thickness: 0.3,
        elasticPx: 0.4,
      },
    },
  },
];
