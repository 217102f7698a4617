import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { synthetic } from "../data/index.js";
import { type Plan, referenceBackend, wasmBackend } from "../engine/index.js";
import { compileTraining, conv2d, dense, flatten, initialWeights, model } from "../nn/index.js";
import { estimateTraining } from "./estimate-training.js";
import { fit } from "./fit.js";
import { flopsOf, watchedBackend } from "./plan-flops.js";

const set = synthetic({ count: 100, random: new Random(1) });
const common = { learningRate: 0.01, optimizer: { type: "adam" }, seed: 1 } as const;

describe("the operations of a plan", () => {
  it("are two for each multiply-add of products and convolutions, forward and back", async () => {
    const plans: Plan[] = [];
    const network = model({
      input: [28, 28, 1],
      layers: [conv2d(4, 5), flatten(), dense(10)],
    });
    await compileTraining(network, {
      batchSize: 3,
      loss: { type: "crossEntropy" },
      optimizer: { type: "sgd" },
      weights: initialWeights(network, new Random(1)),
      seed: 1,
      backend: watchedBackend(referenceBackend, (plan) => plans.push(plan)),
    });
    const convolution = 2 * 3 * (24 * 24 * 4) * 25;
    const product = 2 * 3 * (24 * 24 * 4) * 10;
    // The first layer has no gradient of its inputs, which nobody asks for.
    expect(plans.map(flopsOf)).toEqual([2 * convolution + 3 * product]);
  });
});

describe("the estimate of a training", () => {
  it("counts steps, operations and bytes, and foretells the time to an order of magnitude", async () => {
    const network = model({
      input: [28, 28, 1],
      layers: [flatten(), dense(64, { activation: "relu" }), dense(10)],
    });
    const backend = await wasmBackend({ threads: 1 });
    const options = { ...common, epochs: 200, batchSize: 32, backend, validation: set };
    const estimate = await estimateTraining(network, set, options);
    const numbers = 784 * 64 + 64 + 64 * 10 + 10;
    expect(estimate).toMatchObject({
      batchSize: 32,
      stepsPerEpoch: 100 / 32,
      steps: 625,
      flopsPerStep: 2 * 32 * (2 * 784 * 64 + 3 * 64 * 10),
      checkpointBytes: 4 * 3 * numbers,
    });
    expect(estimate.memoryBytes).toBeGreaterThan(estimate.checkpointBytes);
    const { seconds } = await fit(network, set, options);
    expect(estimate.seconds).toBeGreaterThan(seconds / 10);
    expect(estimate.seconds).toBeLessThan(seconds * 10);
  });
});
