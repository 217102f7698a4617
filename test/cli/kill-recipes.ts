import { lightAugmentation } from "../../src/data/index.js";

const dense = [
  { type: "flatten" },
  { type: "dense", units: 160, activation: "relu" },
  { type: "dense", units: 10, activation: "softmax" },
];
const input = [28, 28, 1];

/** Small trainings that together keep everything from step to step that a training can keep. */
export const killRecipes = {
  momentum: {
    recipe: {
      model: { input, layers: dense },
      training: {
        epochs: 80,
        batchSize: 16,
        learningRate: 0.01,
        optimizer: { type: "sgd", momentum: 0.9 },
        schedule: { type: "constant" },
        clipNorm: 0.5,
      },
    },
    options: [],
  },
  dropout: {
    recipe: {
      model: { input, layers: [...dense.slice(0, 2), { type: "dropout", rate: 0.3 }, dense[2]] },
      training: {
        epochs: 80,
        batchSize: 24,
        optimizer: { type: "adam" },
        schedule: { type: "oneCycle" },
        averageDecay: 0.98,
      },
    },
    options: [],
  },
  "batch-norm": {
    recipe: {
      model: {
        input,
        layers: [
          { type: "conv2d", filters: 6, kernel: 5, strides: 2, bias: false },
          { type: "batchNorm" },
          { type: "activation", activation: "relu" },
          { type: "flatten" },
          { type: "dense", units: 10, activation: "softmax" },
        ],
      },
      training: {
        epochs: 80,
        batchSize: 32,
        optimizer: { type: "adamw" },
        augmentation: lightAugmentation,
        averageDecay: 0.95,
      },
    },
    options: [],
  },
  "best-kept": {
    recipe: {
      model: { input, layers: dense },
      training: { epochs: 80, batchSize: 20, learningRate: 0.01, optimizer: { type: "rmsprop" } },
    },
    options: ["--validation", "0.2", "--keep-best"],
  },
} as const;
