import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { lightAugmentation, synthetic } from "../data/index.js";
import { wasmBackend } from "../engine/index.js";
import { activation, batchNorm, conv2d, dense, dropout, flatten, model } from "../nn/index.js";
import type { FitOptions } from "./fit-options.js";
import { overfitBatch } from "./overfit-batch.js";

const set = synthetic({ count: 100, random: new Random(1) });

async function optionsOf(changes: Partial<FitOptions> = {}): Promise<FitOptions> {
  const backend = await wasmBackend({ threads: 1 });
  const optimizer = { type: "adam" } as const;
  return { epochs: 1, batchSize: 20, learningRate: 0.003, optimizer, seed: 1, backend, ...changes };
}

describe("one batch", () => {
  it("is learned by heart by a sound network, whatever stands in the way in training", async () => {
    const network = model({
      input: [28, 28, 1],
      layers: [
        conv2d(6, 5, { strides: 2 }),
        batchNorm({ momentum: 0.99 }),
        activation("relu"),
        dropout(0.4),
        flatten(),
        dense(10),
      ],
    });
    const loss = { type: "crossEntropy", smoothing: 0.1 } as const;
    const options = await optionsOf({ loss, augmentation: lightAugmentation, averageDecay: 0.99 });
    const result = await overfitBatch(network, set, options, 500);
    expect(result).toMatchObject({ learned: true, images: 20, accuracy: 1 });
    expect(result.steps).toBeLessThan(500);
    expect(result.lastLoss).toBeLessThanOrEqual(result.firstLoss / 100);
  });

  it("is not by a network too small for it, nor by one that runs away", async () => {
    const narrow = model({ input: [28, 28, 1], layers: [flatten(), dense(1), dense(10)] });
    const tried = await overfitBatch(narrow, set, await optionsOf(), 50);
    expect(tried).toMatchObject({ learned: false, steps: 50 });
    const wide = model({ input: [28, 28, 1], layers: [flatten(), dense(16), dense(10)] });
    const loss = { type: "meanSquaredError" } as const;
    const wild = await optionsOf({ loss, optimizer: { type: "sgd" }, learningRate: 50 });
    const lost = await overfitBatch(wide, set, wild, 50);
    expect(lost.learned).toBe(false);
    expect(lost.divergence?.message).toMatch(/^fit: the loss must stay a number/);
  });
});
