import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { referenceBackend, wasmBackend } from "../engine/index.js";
import { compileInference } from "./compile-inference.js";
import { compileTraining, type TrainingOptions } from "./compile-training.js";
import { batchNorm, dense, dropout, flatten, type ModelDescription, model } from "./model.js";
import type { TrainingProgram } from "./training-program.js";
import { initialWeights } from "./weights.js";

const BATCH = 32;
const backends = [referenceBackend, await wasmBackend()];
const spiral = model({
  input: [2],
  layers: [
    dense(24, { activation: "tanh" }),
    dense(24, { activation: "relu" }),
    dense(3, { activation: "softmax" }),
  ],
});
const dropping = model({
  input: [2],
  layers: [dense(12), batchNorm(), dropout(0.3), dense(3)],
});

/** Points on three interleaved arms of a spiral, and the arm of each. */
function fillBatch(
  { inputs, targets }: Pick<TrainingProgram, "inputs" | "targets">,
  random: Random,
): void {
  for (let i = 0; i < BATCH; i++) {
    const arm = random.integer(3);
    const radius = random.between(0.1, 1);
    const angle = (arm * 2 * Math.PI) / 3 + 3 * radius + 0.1 * random.normal();
    inputs.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
    targets[i] = arm;
  }
}

async function start(
  description: ModelDescription,
  options: Partial<TrainingOptions> = {},
): Promise<TrainingProgram> {
  return compileTraining(description, {
    batchSize: BATCH,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adam" },
    weights: initialWeights(description, new Random(1)),
    seed: 1,
    backend: referenceBackend,
    ...options,
  });
}

function train(program: TrainingProgram, steps: number, random: Random): void {
  for (let step = 0; step < steps; step++) {
    fillBatch(program, random);
    program.step(0.01);
  }
}

describe.each(backends)("compileTraining on the $name backend", (backend) => {
  it("pulls weights back to where they started: all the way, and nothing moves", async () => {
    const [free, pulled, held] = await Promise.all(
      [undefined, 0.05, 1].map((pull) => start(spiral, { backend, ...(pull && { pull }) })),
    );
    const first = free!.weights().get("layers.1.weight")!.data;
    const distances = [free!, pulled!, held!].map((program) => {
      train(program, 50, new Random(2));
      const { data } = program.weights().get("layers.1.weight")!;
      program.close();
      return data.reduce((sum, value, i) => sum + (value - first[i]!) ** 2, 0);
    });
    expect(distances[1]).toBeLessThan(0.5 * distances[0]!);
    expect(distances[1]).toBeGreaterThan(0);
    expect(distances[2]).toBeLessThan(1e-9);
  });

  it("leaves running statistics as they are where they are frozen, and learns by them", async () => {
    const [usual, frozen] = await Promise.all(
      [false, true].map((frozenStatistics) => start(dropping, { backend, frozenStatistics })),
    );
    for (const program of [usual!, frozen!]) train(program, 20, new Random(2));
    const name = "layers.1.statistics";
    expect([...frozen!.weights().get(name)!.data.slice(0, 12)]).toEqual(new Array(12).fill(0));
    expect(usual!.weights().get(name)!.data[0]).not.toBe(0);
    expect(frozen!.weights().get("layers.1.gamma")!.data[0]).not.toBe(1);
    usual!.close();
    frozen!.close();
  });

  it("learns to tell the arms of a spiral apart: at least 95 % after 400 steps", async () => {
    const program = await start(spiral, { backend });
    train(program, 400, new Random(2));
    const weights = program.weights();
    const use = await compileInference(spiral, weights, {
      batchSize: BATCH,
      backend,
    });
    const random = new Random(3);
    const targets = new Int32Array(BATCH);
    let right = 0;
    for (let batch = 0; batch < 20; batch++) {
      fillBatch({ inputs: use.inputs, targets }, random);
      use.run();
      targets.forEach((arm, i) => {
        const logits = [...use.outputs.subarray(3 * i, 3 * i + 3)];
        if (logits.indexOf(Math.max(...logits)) === arm) right += 1;
      });
    }
    expect(right / (20 * BATCH)).toBeGreaterThanOrEqual(0.95);
  });

  it("goes on from a saved state with the same bits, dropout and moments included", async () => {
    const whole = await start(dropping, { averageDecay: 0.9, backend });
    const random = new Random(4);
    train(whole, 7, random);
    const saved = whole.state();
    const resumed = await start(dropping, {
      averageDecay: 0.9,
      backend,
      weights: initialWeights(dropping, new Random(99)),
    });
    resumed.restore(saved);
    train(whole, 5, new Random(5));
    train(resumed, 5, new Random(5));
    expect(resumed.state()).toEqual(whole.state());
    expect(resumed.averagedWeights()).toEqual(whole.averagedWeights());
    expect(whole.state().step).toBe(12);
  });
});

describe("compileTraining", () => {
  it("keeps an average that lags behind the weights, and statistics that do not", async () => {
    const program = await start(dropping, { averageDecay: 0.99 });
    const first = initialWeights(dropping, new Random(1)).get("layers.0.weight")!.data;
    train(program, 3, new Random(6));
    const now = program.weights();
    const averaged = program.averagedWeights();
    const moved = now.get("layers.0.weight")!.data[0] - first[0];
    const followed = averaged.get("layers.0.weight")!.data[0] - first[0];
    expect(Math.abs(followed)).toBeGreaterThan(0);
    expect(Math.abs(followed)).toBeLessThan(0.06 * Math.abs(moved));
    expect(averaged.get("layers.1.statistics")).toEqual(now.get("layers.1.statistics"));
    expect(now.get("layers.1.statistics")!.data[0]).not.toBe(0);
  });

  it("drops other places at each step and with another seed", async () => {
    const still = { optimizer: { type: "sgd" }, seed: 3 } as const;
    const program = await start(dropping, still);
    const other = await start(dropping, { ...still, seed: 4 });
    fillBatch(program, new Random(7));
    fillBatch(other, new Random(7));
    const losses: number[] = [];
    for (const each of [program, program, other]) {
      each.step(0);
      losses.push(each.loss);
    }
    expect(new Set(losses).size).toBe(3);
  });

  it("decays weights, and leaves biases alone", async () => {
    const description = model({ input: [2], layers: [dense(2)] });
    const weights = new Map([
      ["layers.0.weight", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      ["layers.0.bias", { shape: [2], data: Float32Array.of(1, 1) }],
    ]);
    const optimizer = { type: "sgd", weightDecay: 0.5 } as const;
    const loss = { type: "meanSquaredError" } as const;
    const program = await start(description, { batchSize: 1, loss, optimizer, weights });
    program.targets.fill(1);
    program.step(1);
    expect(program.loss).toBe(0);
    expect([...program.weights().get("layers.0.weight")!.data]).toEqual([0.5, 1, 1.5, 2]);
    expect([...program.weights().get("layers.0.bias")!.data]).toEqual([1, 1]);
  });

  it("counts what was right, by class index and by dense target alike", async () => {
    const sparse = await start(spiral);
    const dense = await start(spiral, { targets: "dense" });
    fillBatch(sparse, new Random(8));
    dense.inputs.set(sparse.inputs);
    dense.targets.fill(0);
    for (let i = 0; i < BATCH; i++) dense.targets[3 * i + sparse.targets[i]] = 1;
    sparse.step(0.01);
    dense.step(0.01);
    expect(sparse.correct).toBeGreaterThan(0);
    expect(sparse.correct).toBeLessThan(BATCH);
    expect(dense.correct).toBe(sparse.correct);
    expect(dense.loss).toBeCloseTo(sparse.loss, 12);
  });

  it("refuses what does not fit, by name", async () => {
    await expect(start(spiral, { batchSize: 0 })).rejects.toThrow(
      "compileTraining: batchSize must be an integer from 1 to 65536, got 0",
    );
    await expect(start(spiral, { optimizer: { type: "sgd", momentum: 2 } })).rejects.toThrow(
      "compileTraining: optimizer.momentum must be a number from 0 to 0.9999999, got 2",
    );
    await expect(start(spiral, { loss: { type: "binaryCrossEntropy" } })).rejects.toThrow(
      'binaryCrossEntropy: the model must end in "sigmoid" or "linear", got "softmax"',
    );
    await expect(
      start(dropping, { loss: { type: "meanSquaredError" }, targets: "sparse" }),
    ).rejects.toThrow('meanSquaredError: targets must be "dense", got "sparse"');
    await expect(
      start(dropping, { weights: initialWeights(spiral, new Random(1)) }),
    ).rejects.toThrow("weights: layers.0.weight must be [2, 12], got [2, 24]");
  });
});

describe("a bank of samples", () => {
  it("gives every byte as what it is in 255 parts, rounded once", async () => {
    const whole = model({ input: [256], layers: [dense(2)] });
    const program = await compileTraining(whole, {
      batchSize: 1,
      loss: { type: "crossEntropy" },
      optimizer: { type: "sgd" },
      weights: initialWeights(whole, new Random(1)),
      seed: 1,
      backend: await wasmBackend(),
      bankCount: 1,
    });
    program.bank?.bytes.forEach((_, i, bytes) => {
      bytes[i] = i;
    });
    program.step(0);
    expect(program.inputs).toEqual(Float32Array.from({ length: 256 }, (_, i) => i / 255));
  });

  const pictures = model({ input: [3, 3, 1], layers: [flatten(), dense(4)] });
  const options = {
    batchSize: 2,
    loss: { type: "crossEntropy" },
    optimizer: { type: "sgd" },
    weights: initialWeights(pictures, new Random(1)),
    seed: 1,
  } as const;

  for (const backend of backends) {
    it(`gives steps the bits that written inputs give, ${backend.name}`, async () => {
      const bytes = Uint8Array.from({ length: 5 * 9 }, (_, i) => (i * 37) % 256);
      const banked = await compileTraining(pictures, { ...options, backend, bankCount: 5 });
      const plain = await compileTraining(pictures, { ...options, backend });
      expect(plain.bank).toBeUndefined();
      banked.bank?.bytes.set(bytes);
      for (const indices of [
        [4, 0],
        [2, 2],
        [1, 3],
      ]) {
        banked.bank?.indices.set(indices);
        indices.forEach((index, row) => {
          for (let i = 0; i < 9; i++) plain.inputs[9 * row + i] = bytes[9 * index + i] / 255;
        });
        for (const program of [banked, plain]) {
          program.targets.set([1, 3]);
          program.step(0.5);
        }
        expect(banked.loss).toBe(plain.loss);
        expect(banked.inputs).toEqual(plain.inputs);
      }
      expect(banked.weights()).toEqual(plain.weights());
    });

    it(`reads nothing outside it: samples of other indices are NaN, ${backend.name}`, async () => {
      const program = await compileTraining(pictures, { ...options, backend, bankCount: 5 });
      program.bank?.bytes.fill(255);
      for (const index of [5, -1, 2 ** 31 - 1, -(2 ** 31)]) {
        program.bank?.indices.set([4, index]);
        program.step(0);
        const [inside, outside] = [program.inputs.slice(0, 9), program.inputs.slice(9)];
        expect(inside.every((value) => value === 1)).toBe(true);
        expect(outside.every(Number.isNaN)).toBe(true);
        expect(program.loss).toBeNaN();
      }
      program.close();
    });
  }

  it("refuses to have no samples", async () => {
    const promise = compileTraining(pictures, {
      ...options,
      backend: referenceBackend,
      bankCount: 0,
    });
    await expect(promise).rejects.toThrow(
      "compileTraining: bankCount must be an integer from 1 to 268435456, got 0",
    );
  });
});
