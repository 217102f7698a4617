import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import { synthetic } from "../src/data/index.js";
import { type Backend, referenceBackend, wasmBackend } from "../src/engine/index.js";
import { evaluate, predict } from "../src/evaluate/index.js";
import { fit } from "../src/train/index.js";
import { recipe } from "../src/zoo/index.js";

const images = synthetic({ count: 1000, random: new Random(1) });
const unseen = synthetic({ count: 500, random: new Random(2) });

/** The recipes of system D, shortened: smaller batches make up for few images. */
async function learn(name: string, backend: Backend) {
  const { model, training } = recipe(name);
  const options = { ...training, epochs: 20, batchSize: 50, learningRate: 0.5, seed: 1, backend };
  const { weights } = await fit(model, images, options);
  return evaluate(await predict(model, weights, unseen, { backend }), unseen);
}

describe("plain gradient descent with 15 hidden units", () => {
  it.each(["sigmoid-15", "tanh-15", "relu-15"])(
    "learns as %s, and the same on both backends",
    async (name) => {
      const reference = await learn(name, referenceBackend);
      const wasm = await learn(name, await wasmBackend());
      expect(reference.accuracy).toBeGreaterThan(0.85);
      expect(Math.abs(wasm.loss - reference.loss)).toBeLessThan(1e-3 * reference.loss);
      expect(Math.abs(wasm.accuracy - reference.accuracy)).toBeLessThanOrEqual(2 / unseen.count);
    },
  );
});
