import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { synthetic } from "../data/index.js";
import { referenceBackend } from "../engine/index.js";
import { dense, flatten, model } from "../nn/index.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fit-options.js";

const network = model({ input: [28, 28, 1], layers: [flatten(), dense(10)] });
const set = synthetic({ count: 60, random: new Random(1) });
/** A rate so high that the validation loss goes up and down. */
const options: FitOptions = {
  epochs: 200,
  batchSize: 20,
  learningRate: 0.5,
  optimizer: { type: "adam" },
  seed: 1,
  backend: referenceBackend,
  validation: synthetic({ count: 40, random: new Random(2) }),
};

describe("early stopping", () => {
  it("ends after `patience` epochs without a new least validation loss, with the weights of the least", async () => {
    const { history, bestEpoch, stoppedEarly, interrupted, weights } = await fit(network, set, {
      ...options,
      patience: 3,
    });
    const losses = history.map(({ validation }) => validation!.loss);
    const best = losses.indexOf(Math.min(...losses));
    expect({ stoppedEarly, interrupted }).toEqual({ stoppedEarly: true, interrupted: false });
    expect(bestEpoch).toBe(best + 1);
    expect(history).toHaveLength(bestEpoch! + 3);
    const untilBest = await fit(network, set, { ...options, epochs: bestEpoch! });
    expect(weights).toEqual(untilBest.weights);
  });

  it("hands out the best weights without stopping where only those are asked for", async () => {
    const { history, bestEpoch, stoppedEarly } = await fit(network, set, {
      ...options,
      epochs: 8,
      keepBest: true,
    });
    const losses = history.map(({ validation }) => validation!.loss);
    expect(history).toHaveLength(8);
    expect(stoppedEarly).toBe(false);
    expect(losses[bestEpoch! - 1]).toBe(Math.min(...losses));
  });

  it("needs images to validate on", async () => {
    const { validation: _, ...without } = options;
    await expect(fit(network, set, { ...without, patience: 3 })).rejects.toThrow(
      "fit: patience must go with validation images, got none",
    );
    await expect(fit(network, set, { ...options, patience: 0 })).rejects.toThrow(
      "fit: patience must be an integer from 1 to 1000000, got 0",
    );
  });
});
