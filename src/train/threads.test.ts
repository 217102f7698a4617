import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { type Augmentation, lightAugmentation, synthetic } from "../data/index.js";
import { wasmBackend } from "../engine/index.js";
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  maxPool2d,
  model,
  type Weights,
} from "../nn/index.js";
import { threadHost } from "../node/index.js";
import { fit as train } from "./fit.js";

const network = model({
  input: [28, 28, 1],
  layers: [
    conv2d(6, 5, { activation: "relu" }),
    batchNorm(),
    maxPool2d(2),
    flatten(),
    dense(20, { activation: "tanh" }),
    dropout(0.2),
    dense(10, { activation: "softmax" }),
  ],
});

async function weightsOn(
  threads: number,
  options: { readonly augmentation?: Augmentation },
): Promise<Weights> {
  const { weights } = await train(network, synthetic({ count: 150, random: new Random(3) }), {
    epochs: 2,
    batchSize: 32,
    learningRate: 0.002,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adam" },
    schedule: { type: "cosine" },
    averageDecay: 0.9,
    ...options,
    seed: 5,
    backend: await wasmBackend({ threads, host: threadHost }),
  });
  return weights;
}

describe("fit on several threads", () => {
  for (const [images, options] of [
    ["images as they are", {}],
    ["images deformed beside the steps", { augmentation: lightAugmentation }],
  ] as const) {
    it(`ends with the same weights as on one, bit for bit: ${images}`, async () => {
      const one = await weightsOn(1, options);
      expect(await weightsOn(2, options)).toEqual(one);
      expect(await weightsOn(4, options)).toEqual(one);
    });
  }
});
