import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { synthetic } from "../data/index.js";
import { type Backend, referenceBackend, wasmBackend } from "../engine/index.js";
import { dense, dropout, flatten, type LayerDescription, model } from "../nn/index.js";
import { DivergenceError } from "./divergence-error.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fit-options.js";

const set = synthetic({ count: 64, random: new Random(1) });

/** How a training ends that must not end well. */
async function divergence(layers: LayerDescription[], options: Partial<FitOptions>) {
  const network = model({ input: [28, 28, 1], layers: [flatten(), ...layers] });
  const training = fit(network, set, {
    epochs: 4,
    batchSize: 16,
    learningRate: 0.1,
    optimizer: { type: "sgd" },
    seed: 1,
    backend: await wasmBackend({ threads: 1 }),
    ...options,
  });
  const error = await training.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DivergenceError);
  return error as DivergenceError;
}

const narrow = [dense(16, { activation: "relu" }), dense(10)];

describe("a training that runs away", () => {
  it("names the step, the rate and the layer whose weights were lost, and ways out", async () => {
    const error = await divergence(narrow, { learningRate: 1e30 });
    expect(error).toMatchObject({ step: expect.any(Number), learningRate: 1e30 });
    expect(Number.isFinite(error.loss)).toBe(false);
    expect(error.origin.layer).toMatch(/^layers\[[12]\] dense$/);
    expect(error.message).toMatch(
      /^fit: the loss must stay a number, got (NaN|-?Infinity) at step \d+ with learning rate 1e\+30, first in the \w+ of layers\[[12]\] dense; try a lower rate, a warm-up or clipped gradients$/,
    );
  });

  it("names the layer whose outputs overflow while all weights are finite still", async () => {
    // Each layer makes numbers some 4,000 times as large, and 3.4e38 is the largest there is.
    const initializer = { type: "normal", deviation: 1e3 } as const;
    const tall = Array.from({ length: 14 }, () => dense(16, { initializer }));
    const error = await divergence([...tall, dense(10)], { learningRate: 1e-30 });
    expect(error.step).toBe(1);
    expect(error.origin).toEqual({ layer: "layers[11] dense", part: "outputs" });
  });

  it("is looked into at the very step, dropout and all, after many good ones", async () => {
    let taken = 0;
    const error = await divergence([dropout(0.3), dense(16), dense(10)], {
      epochs: 50,
      learningRate: 0.15,
      loss: { type: "meanSquaredError" },
      onStep: () => {
        taken += 1;
      },
    });
    expect(taken).toBeGreaterThan(3);
    expect(error.step).toBe(taken + 1);
    expect(error.origin.layer).toMatch(/^layers\[[23]\] dense$|^loss$/);
  });

  it("is told even where the last update alone lost the weights", async () => {
    const backend: Backend = referenceBackend;
    const error = await divergence(narrow, {
      epochs: 1,
      batchSize: 64,
      learningRate: 1e300,
      backend,
    });
    expect(error.step).toBe(1);
    expect(error.origin).toEqual({ layer: "layers[1] dense", part: "weight" });
  });

  it("is held by clipped gradients", async () => {
    const network = model({ input: [28, 28, 1], layers: [flatten(), ...narrow] });
    const { history } = await fit(network, set, {
      epochs: 3,
      batchSize: 16,
      learningRate: 1e3,
      optimizer: { type: "sgd" },
      clipNorm: 1e-4,
      seed: 1,
      backend: await wasmBackend({ threads: 1 }),
    });
    expect(history).toHaveLength(3);
    expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });
});
