import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import { wasmBackend } from "../src/engine/index.js";
import { compileTraining, dense, initialWeights, model } from "../src/nn/index.js";
import { threadHost } from "../src/node/index.js";

const STEPS = 1_000_000;
/** Far below a byte a step. */
const FLAT_BYTES = 2 ** 19;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function residentBytes(): number {
  collectGarbage();
  return process.memoryUsage().rss;
}

describe("a million steps of a small model", () => {
  for (const threads of [1, 2]) {
    it(`take no more memory than the million before, threads: ${threads}`, async () => {
      const small = model({
        input: [8],
        layers: [dense(16, { activation: "relu" }), dense(3)],
      });
      const program = await compileTraining(small, {
        batchSize: 4,
        loss: { type: "crossEntropy" },
        optimizer: { type: "adam" },
        weights: initialWeights(small, new Random(1)),
        seed: 1,
        backend: await wasmBackend({ threads, host: threadHost }),
      });
      const random = new Random(2);
      for (let i = 0; i < program.inputs.length; i++) program.inputs[i] = random.between(-1, 1);
      const growthOverSteps = (): number => {
        const before = residentBytes();
        for (let i = 0; i < STEPS; i++) program.step(1e-4);
        return residentBytes() - before;
      };
      // The least of three: what the process does for itself falls into one or the other.
      const growths = [1, 2, 3].map(growthOverSteps);
      program.close();
      expect(Math.min(...growths)).toBeLessThan(FLAT_BYTES);
    });
  }
});
