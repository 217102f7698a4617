import { Random } from "../base/index.js";
import type { SampleSet } from "../data/index.js";
import type { Plan } from "../engine/index.js";
import { compileTraining, initialWeights, type ModelDescription } from "../nn/index.js";
import { batchesOf } from "./batches-of.js";
import { expectFit, type FitOptions } from "./fit-options.js";
import { flopsOf, watchedBackend } from "./plan-flops.js";
import { Validation } from "./validation.js";

/** How long steps are tried, ms, and how many at least. */
const TRIAL_MS = 1000;
const LEAST_TRIALS = 3;

/** What a training will take, by a few real steps of it. */
export interface TrainingEstimate {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly steps: number;
  /** Floating-point operations of a step, forward and back. */
  readonly flopsPerStep: number;
  /** Median of the steps tried, writing the batch included. */
  readonly secondsPerStep: number;
  /** Of one validation; 0 where there is none. */
  readonly secondsPerValidation: number;
  readonly seconds: number;
  /** Weights, moments, averages, and all values of a step, of training and validation. */
  readonly memoryBytes: number;
  /** A checkpoint's file, about. */
  readonly checkpointBytes: number;
}

/** Compiles a training, takes a few of its steps, and lets go of it: nothing is kept. */
export async function estimateTraining(
  model: ModelDescription,
  set: SampleSet,
  options: FitOptions,
): Promise<TrainingEstimate> {
  expectFit(model, set, options);
  const { epochs, seed, learningRate, loss = { type: "crossEntropy" }, validation } = options;
  const random = new Random(seed);
  const batchSize = Math.min(options.batchSize, set.count);
  const plans: Plan[] = [];
  const backend = watchedBackend(options.backend, (plan) => plans.push(plan));
  const weights = initialWeights(model, random.fork("weights"));
  const program = await compileTraining(model, { ...options, batchSize, loss, weights, backend });
  const checker =
    validation &&
    (await Validation.create({ model, loss }, validation, { weights, batchSize, backend }));
  try {
    const { augmentation } = options;
    const batches = batchesOf(program, set, { random: random.fork("batches"), augmentation });
    const secondsPerStep = median(
      timed((step) => {
        batches.write(step);
        // So small a rate that no weight runs away in the trial.
        program.step(learningRate * 1e-6, batches.prepare && (() => batches.prepare?.(step + 1)));
      }),
    );
    const startMs = performance.now();
    checker?.measure(weights);
    const secondsPerValidation = checker ? (performance.now() - startMs) / 1000 : 0;
    const stepsPerEpoch = set.count / batchSize;
    const steps = Math.ceil(epochs * stepsPerEpoch);
    const width = options.backend.name === "reference" ? 8 : 4;
    const states = [...program.state().arrays.values()];
    return {
      batchSize,
      stepsPerEpoch,
      steps,
      flopsPerStep: flopsOf(plans[0]!),
      secondsPerStep,
      secondsPerValidation,
      seconds: steps * secondsPerStep + epochs * secondsPerValidation,
      memoryBytes: width * plans.reduce((sum, { words }) => sum + words, 0),
      checkpointBytes: states.reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
  } finally {
    checker?.close();
    program.close();
  }
}

/** Seconds of each of the steps that a second allows, the first ones apart: they warm up. */
function timed(step: (number: number) => void): number[] {
  const seconds: number[] = [];
  const endMs = performance.now() + TRIAL_MS;
  for (let taken = 0; taken < LEAST_TRIALS || performance.now() < endMs; taken++) {
    const startMs = performance.now();
    step(taken);
    seconds.push((performance.now() - startMs) / 1000);
  }
  return seconds.slice(Math.min(10, seconds.length - 1));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
