import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { referenceBackend, wasmBackend } from "../engine/index.js";
import { compileTraining } from "./compile-training.js";
import { dense, model } from "./model.js";
import { initialWeights } from "./weights.js";

const network = model({ input: [7], layers: [dense(9, { activation: "relu" }), dense(3)] });
const weights = initialWeights(network, new Random(1));

/** How far one step of plain gradient descent at rate 1 moves each weight: the gradient, negated. */
async function movement(clipNorm: number | undefined, backend = referenceBackend) {
  const program = await compileTraining(network, {
    batchSize: 4,
    loss: { type: "crossEntropy" },
    optimizer: { type: "sgd" },
    weights,
    ...(clipNorm !== undefined && { clipNorm }),
    seed: 1,
    backend,
  });
  program.inputs.forEach((_, i, inputs) => {
    inputs[i] = Math.fround((i % 5) - 2);
  });
  program.targets.set([0, 1, 2, 1]);
  program.step(1);
  const moved = [...program.weights()].flatMap(([name, { data }]) =>
    Array.from(data, (value, i) => value - weights.get(name)!.data[i]!),
  );
  program.close();
  return { moved, length: Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0)) };
}

describe("clipped gradients", () => {
  it("are as long as allowed, all weights together, and point where they did", async () => {
    const free = await movement(undefined);
    const clipped = await movement(0.25);
    expect(free.length).toBeGreaterThan(0.5);
    expect(clipped.length).toBeCloseTo(0.25, 5);
    const factor = 0.25 / free.length;
    clipped.moved.forEach((value, i) => {
      expect(value).toBeCloseTo(factor * free.moved[i]!, 5);
    });
  });

  it("are left alone where they are short enough", async () => {
    const free = await movement(undefined);
    expect((await movement(2 * free.length)).moved).toEqual(free.moved);
  });

  it("are the same on WebAssembly to the precision of its numbers", async () => {
    const oracle = await movement(0.25);
    const { moved } = await movement(0.25, await wasmBackend({ threads: 1 }));
    moved.forEach((value, i) => {
      expect(value).toBeCloseTo(oracle.moved[i]!, 5);
    });
  });

  it("need a length above 0", async () => {
    await expect(movement(0)).rejects.toThrow(
      "compileTraining: clipNorm must be a number from 1e-12 to 1000000000000, got 0",
    );
  });
});
