import type { Activation } from "../nn/index.js";
import type { Recipe } from "./recipe.js";

/** Chosen for each from 0.1 to 4 on a sixth of MNIST's training images held back. */
const rates = { sigmoid: 2, tanh: 0.6, relu: 0.6 } as const satisfies Partial<
  Record<Activation, number>
>;

/**
 * System D: one hidden layer of 15 units and nothing but gradient descent, the gradient taken over 600
 * images at a time. Small enough for the `reference` backend, whose kernels are there to be read.
 */
export const systemD: readonly Recipe[] = (["sigmoid", "tanh", "relu"] as const).map(
  (activation) => ({
    name: `${activation}-15`,
    summary: `15 ${activation} units, plain gradient descent`,
    model: {
      input: [28, 28, 1],
      layers: [
        { type: "flatten" },
        { type: "dense", units: 15, activation, initializer: { type: "normal", deviation: 0.05 } },
        {
          type: "dense",
          units: 10,
          activation: "softmax",
          initializer: { type: "normal", deviation: 0.05 },
        },
      ],
    },
    training: {
      epochs: 20,
      batchSize: 600,
      learningRate: rates[activation],
      loss: { type: "crossEntropy" },
      optimizer: { type: "sgd" },
      schedule: { type: "constant" },
    },
    reported: { system: "D" },
  }),
);
