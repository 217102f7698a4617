import { describe, expect, it } from "vitest";
import { Random, ShapeError } from "../base/index.js";
import { type ImageSet, lightAugmentation, subset, synthetic } from "../data/index.js";
import { referenceBackend } from "../engine/index.js";
import { dense, flatten, model } from "../nn/index.js";
import { fit as train } from "./fit.js";
import type { EpochRecord, FitOptions, Progress } from "./fit-options.js";

const network = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(24, { activation: "relu" }), dense(10, { activation: "softmax" })],
});

const options: FitOptions = {
  epochs: 2,
  batchSize: 32,
  learningRate: 0.003,
  loss: { type: "crossEntropy" },
  optimizer: { type: "adam" },
  schedule: { type: "cosine" },
  seed: 1,
  backend: referenceBackend,
};

function digits(count: number, seed: number): ImageSet {
  return synthetic({ count, random: new Random(seed) });
}

describe("fit", () => {
  it("learns to read digits: at least 90 percent of unseen ones after 8 short epochs", async () => {
    const validation = digits(300, 2);
    const { history, interrupted } = await train(network, digits(1000, 1), {
      ...options,
      epochs: 8,
      validation,
    });
    const last = history.at(-1);
    expect(interrupted).toBe(false);
    expect(last?.epoch).toBe(8);
    expect(last?.validation?.accuracy).toBeGreaterThan(0.9);
    expect(last?.loss).toBeLessThan(history[0].loss);
  });

  it("takes the steps of one endless stream, a batch straddling two epochs", async () => {
    const progress: Progress[] = [];
    const records: EpochRecord[] = [];
    await train(network, digits(50, 1), {
      ...options,
      onStep: (step) => progress.push(step),
      onEpoch: (record) => records.push(record),
    });
    // 100 images in batches of 32: the second batch holds the end of one epoch and the start of the next.
    expect(progress.map(({ step, steps, epoch }) => [step, steps, epoch])).toEqual([
      [1, 4, 1],
      [2, 4, 1],
      [3, 4, 2],
      [4, 4, 2],
    ]);
    expect(records.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(progress[3].secondsLeft).toBe(0);
    expect(progress[3].imagesPerSecond).toBeGreaterThan(0);
  });

  it("takes a whole small set as one batch", async () => {
    const { history } = await train(network, digits(10, 1), { ...options, epochs: 3 });
    expect(history).toHaveLength(3);
  });

  it("ends with the same weights for the same seed, and others for another", async () => {
    const set = digits(80, 1);
    const first = await train(network, set, { ...options, validation: digits(20, 2) });
    const again = await train(network, set, options);
    const other = await train(network, set, { ...options, seed: 2 });
    expect(again.weights).toEqual(first.weights);
    expect(other.weights).not.toEqual(first.weights);
  });

  it("measures validation with the weights it hands out", async () => {
    const set = digits(60, 1);
    const average = { ...options, averageDecay: 0.9, validation: set };
    const { weights, history } = await train(network, set, average);
    const plain = await train(network, set, options);
    expect(weights).not.toEqual(plain.weights);
    expect(history[0].validation?.loss).not.toBe(history[0].loss);
  });

  it("learns from deformed images too, the same way for the same seed", async () => {
    const set = digits(40, 1);
    const deformed = await train(network, set, { ...options, augmentation: lightAugmentation });
    const again = await train(network, set, { ...options, augmentation: lightAugmentation });
    const plain = await train(network, set, options);
    expect(again.weights).toEqual(deformed.weights);
    expect(plain.weights).not.toEqual(deformed.weights);
  });

  it("stops after the step it is in when told to, and hands out what it has", async () => {
    const controller = new AbortController();
    const { history, interrupted, weights } = await train(network, digits(64, 1), {
      ...options,
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 3) controller.abort();
      },
    });
    expect(interrupted).toBe(true);
    expect(history).toHaveLength(1);
    expect(weights.size).toBe(4);
  });

  it("lets timers run, so that one can end a training that would take hours", async () => {
    const { interrupted, seconds } = await train(network, digits(200, 1), {
      ...options,
      epochs: 1e6,
      signal: AbortSignal.timeout(100),
    });
    expect(interrupted).toBe(true);
    expect(seconds).toBeLessThan(30);
  });

  it.each(["crossEntropy", "meanSquaredError"] as const)(
    "validates by the loss it trains with, %s",
    async (type) => {
      const set = digits(64, 1);
      const { history } = await train(network, set, {
        ...options,
        epochs: 1,
        learningRate: 1e-9,
        loss: { type },
        validation: set,
      });
      expect(history[0].validation?.loss).toBeCloseTo(history[0].loss, 5);
      expect(history[0].validation?.accuracy).toBe(history[0].accuracy);
    },
  );

  it("trains against one-hot rows where the loss compares whole rows", async () => {
    const { history } = await train(network, digits(200, 1), {
      ...options,
      epochs: 4,
      loss: { type: "meanSquaredError" },
    });
    expect(history[3].accuracy).toBeGreaterThan(0.5);
  });

  it("refuses images, classes and epochs that do not fit", async () => {
    const set = digits(20, 1);
    const small = { ...set, height: 14, count: 40 };
    await expect(train(network, small, options)).rejects.toThrow(
      "fit: images must be [28, 28, 1] like the model's input, got [14, 28, 1]",
    );
    const letters = { ...set, classes: [..."abcdefghijk"] };
    await expect(train(network, letters, options)).rejects.toThrow(ShapeError);
    const validation = { ...digits(10, 1), height: 14 };
    await expect(train(network, digits(10, 1), { ...options, validation })).rejects.toThrow(
      "fit: images must be [28, 28, 1] like the model's input, got [14, 28, 1]",
    );
    await expect(train(network, set, { ...options, epochs: 0.5 })).rejects.toThrow(
      "fit: epochs must be an integer from 1 to 1000000, got 0.5",
    );
    await expect(train(network, subset(set, []), options)).rejects.toThrow(
      "fit: needs at least one image, got none",
    );
  });
});
