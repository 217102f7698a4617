import type { Recipe, Training } from "./recipe.js";

const training: Training = {
  epochs: 10,
  batchSize: 32,
  learningRate: 0.1,
  loss: { type: "crossEntropy" },
  optimizer: { type: "sgd" },
  schedule: { type: "cosine" },
};

/** System C: three nets of growing reach, all trained by stochastic gradient descent. */
export const systemC: readonly Recipe[] = [
  {
    name: "softmax-sgd",
    summary: "softmax regression, gradient descent",
    model: {
      input: [28, 28, 1],
      layers: [{ type: "flatten" }, { type: "dense", units: 10, activation: "softmax" }],
    },
    training: { ...training, epochs: 20 },
    reported: { system: "C", testLoss: 0.2753, testAccuracy: 0.9229 },
  },
  {
    name: "sigmoid-100",
    summary: "100 sigmoid units, gradient descent",
    model: {
      input: [28, 28, 1],
      layers: [
        { type: "flatten" },
        { type: "dense", units: 100, activation: "sigmoid" },
        { type: "dense", units: 10, activation: "softmax" },
      ],
    },
    training: { ...training, learningRate: 0.5 },
    reported: { system: "C", testLoss: 0.1791, testAccuracy: 0.9497 },
  },
  {
    name: "cnn-16-32-64",
    summary: "three 5×5 convolutions, gradient descent",
    model: {
      input: [28, 28, 1],
      layers: [
        { type: "conv2d", filters: 16, kernel: 5, padding: "same", activation: "relu" },
        { type: "maxPool2d", size: 2 },
        { type: "conv2d", filters: 32, kernel: 5, padding: "same", activation: "relu" },
        { type: "maxPool2d", size: 2 },
        { type: "conv2d", filters: 64, kernel: 5, padding: "same", activation: "relu" },
        { type: "maxPool2d", size: 2 },
        { type: "flatten" },
        { type: "dense", units: 100, activation: "sigmoid" },
        { type: "dense", units: 10, activation: "softmax" },
      ],
    },
    training,
    reported: { system: "C", testLoss: 0.0296, testAccuracy: 0.9899 },
  },
];
