import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import { wasmBackend } from "../src/engine/index.js";
import { compileTraining, dense, initialWeights, model } from "../src/nn/index.js";
import { threadHost } from "../src/node/index.js";

const STEPS = 1_000_000;
/** What the process may gain for reasons of its own: a page here, compiled code there. */
const FLAT_BYTES = 4 * 2 ** 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function residentBytes(): number {
  collectGarbage();
  return process.memoryUsage().rss;
}

describe("a million steps of a small model", () => {
  for (const threads of [1, 2]) {
    it(`take no more memory than the first thousands, threads: ${threads}`, async () => {
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
      const step = (): void => program.step(1e-4);
      for (let i = 0; i < STEPS / 10; i++) step();
      const before = residentBytes();
      for (let i = 0; i < STEPS; i++) step();
      const after = residentBytes();
      program.close();
      expect(after - before).toBeLessThan(FLAT_BYTES);
    });
  }
});
