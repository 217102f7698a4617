import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Backend, referenceBackend, wasmBackend } from "../src/engine/index.js";
import {
  compileInference,
  compileTraining,
  type LossDescription,
  learningRateAt,
  type OptimizerDescription,
  parseModel,
  type ScheduleDescription,
  type TargetKind,
  type TrainingOptions,
  type TrainingProgram,
  type Weights,
} from "../src/nn/index.js";

/** One case of `fixtures/make-torch-fixtures.py`, which says what each field is. */
interface Case {
  readonly name: string;
  readonly model: unknown;
  readonly batchSize: number;
  readonly loss: LossDescription;
  readonly targetKind: TargetKind;
  readonly weights: Record<string, { shape: number[]; data: number[] }>;
  readonly inputs: number[];
  readonly targets: number[];
  readonly outputs: number[];
  readonly firstLoss: number;
  readonly gradients: Record<string, number[]>;
  readonly statistics: Record<string, number[]>;
  readonly optimizer?: OptimizerDescription;
  readonly rates: number[];
  readonly losses: number[];
  readonly weightsAfter: Record<string, number[]>;
  readonly outputsAfter: number[];
  readonly averageDecay: number;
  readonly averageAfter: Record<string, number[]>;
}

function fixtures<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8"));
}

function weightsOf(fixture: Case): Weights {
  const entries = Object.entries(fixture.weights);
  return new Map(
    entries.map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  );
}

/** How far from PyTorch's float64 a backend may be. */
interface Bounds {
  readonly relative: number;
  /** What counts as nothing: differences below it pass. */
  readonly floor: number;
}

function expectClose(actual: ArrayLike<number>, expected: number[], bounds: Bounds, what: string) {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    const allowed = bounds.relative * Math.abs(value) + bounds.floor;
    const off = Math.abs(actual[i] - value);
    if (!(off <= allowed)) expect.fail(`${what}[${i}]: ${actual[i]} is not PyTorch's ${value}`);
  });
}

async function train(
  fixture: Case,
  options: Pick<TrainingOptions, "optimizer" | "averageDecay" | "backend">,
): Promise<TrainingProgram> {
  const program = await compileTraining(parseModel(fixture.model, fixture.name), {
    batchSize: fixture.batchSize,
    loss: fixture.loss,
    targets: fixture.targetKind,
    weights: weightsOf(fixture),
    seed: 1,
    ...options,
  });
  program.inputs.set(fixture.inputs);
  program.targets.set(fixture.targets);
  return program;
}

async function expectOutputs(
  fixture: Case,
  weights: Weights,
  expected: { backend: Backend; outputs: number[]; bounds: Bounds },
): Promise<void> {
  const { batchSize, inputs, model, name } = fixture;
  const { backend, outputs, bounds } = expected;
  const program = await compileInference(parseModel(model, name), weights, { batchSize, backend });
  program.inputs.set(inputs);
  program.run();
  expectClose(program.outputs, outputs, bounds, "outputs");
  program.close();
}

/** A step of plain gradient descent at rate 1 takes the gradient off the weights. */
async function expectGradients(fixture: Case, backend: Backend, bounds: Bounds): Promise<void> {
  const program = await train(fixture, { optimizer: { type: "sgd" }, backend });
  program.step(1);
  const { arrays } = program.state();
  expectClose([program.loss], [fixture.firstLoss], bounds, "loss");
  for (const [name, gradient] of Object.entries(fixture.gradients)) {
    const after = arrays.get(name)!;
    const taken = fixture.weights[name].data.map((before, i) => before - after[i]);
    expectClose(taken, gradient, bounds, `gradient of ${name}`);
  }
  for (const [name, statistics] of Object.entries(fixture.statistics)) {
    expectClose(arrays.get(name)!, statistics, bounds, name);
  }
  program.close();
}

async function expectRun(fixture: Case, backend: Backend, bounds: Bounds): Promise<void> {
  const { optimizer, averageDecay } = fixture as Required<Case>;
  const program = await train(fixture, { optimizer, averageDecay, backend });
  const losses = fixture.rates.map((rate) => {
    program.step(rate);
    return program.loss;
  });
  expectClose(losses, fixture.losses, bounds, "losses");
  const [weights, averages] = [program.weights(), program.averagedWeights()];
  for (const [name, { data }] of weights) {
    expectClose(data, fixture.weightsAfter[name], bounds, name);
    expectClose(averages.get(name)!.data, fixture.averageAfter[name], bounds, `average of ${name}`);
  }
  await expectOutputs(fixture, weights, { backend, outputs: fixture.outputsAfter, bounds });
  program.close();
}

const single: Bounds = { relative: 1e-5, floor: 1e-6 };
const backends: { backend: Backend; bounds: Bounds }[] = [
  { backend: referenceBackend, bounds: { relative: 1e-5, floor: 1e-8 } },
  { backend: await wasmBackend(), bounds: single },
  { backend: await wasmBackend({ strict: true }), bounds: single },
];

for (const { backend, bounds } of backends) {
  describe(`PyTorch's numbers on ${backend.description}`, () => {
    for (const file of ["layers", "losses", "network"]) {
      for (const fixture of fixtures<Case>(file)) {
        it(`are got in use, in loss and in gradients: ${fixture.name}`, async () => {
          const { outputs } = fixture;
          await expectOutputs(fixture, weightsOf(fixture), { backend, outputs, bounds });
          await expectGradients(fixture, backend, bounds);
        });
      }
    }
    for (const fixture of [...fixtures<Case>("optimizers"), ...fixtures<Case>("network")]) {
      it(`are got over 20 steps: ${fixture.name}`, async () => {
        await expectRun(fixture, backend, bounds);
      });
    }
  });
}

describe("PyTorch's learning rates", () => {
  interface ScheduleCase {
    readonly name: string;
    readonly schedule: ScheduleDescription;
    readonly peak: number;
    readonly rates: number[];
  }
  for (const { name, schedule, peak, rates } of fixtures<ScheduleCase>("schedules")) {
    it(`are got over 40 steps: ${name}`, () => {
      const ours = rates.map((_, step) =>
        learningRateAt(schedule, { peak, step, steps: rates.length }),
      );
      expectClose(ours, rates, { relative: 1e-8, floor: 0 }, "rates");
    });
  }
});
