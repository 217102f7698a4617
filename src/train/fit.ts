import { DataError, Random, ShapeError } from "../base/index.js";
import type { Augmentation, ImageSet } from "../data/index.js";
import { type Backend, formatShape, sizeOf } from "../engine/index.js";
import {
  compileTraining,
  describeModel,
  expectImageSize,
  initialWeights,
  type LossDescription,
  learningRateAt,
  type ModelDescription,
  type OptimizerDescription,
  type ScheduleDescription,
  scheduleCheck,
  schema,
  type Weights,
} from "../nn/index.js";
import { type Batches, BatchWriter } from "./batch-writer.js";
import { DeformedBatches } from "./deformed-batches.js";
import { DivergenceError } from "./divergence-error.js";
import { Tally } from "./tally.js";
import { type Measure, Validation } from "./validation.js";

/**
 * How often a training gives way to timers, key strokes and messages, ms. A timer of 0 ms takes 1 ms
 * in Node and 4 ms in browsers; a message to oneself would be quicker, but Node hands out up to 1,000 of
 * them before it looks at anything else.
 */
const BREATH_MS = 100;

const epochsCheck = schema.integer(1, 1_000_000);

export interface FitOptions {
  /** How often every image is seen. */
  readonly epochs: number;
  /** Images a step; at most the whole set. */
  readonly batchSize: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  /** Cross-entropy if not said. */
  readonly loss?: LossDescription;
  readonly optimizer: OptimizerDescription;
  /** A constant rate if not said. */
  readonly schedule?: ScheduleDescription;
  /** Share of the old in each step of the running average of the weights; none if absent. */
  readonly averageDecay?: number;
  /** How each image is deformed, anew every time it is seen; grey images only. Not at all if absent. */
  readonly augmentation?: Augmentation;
  /** Decides the first weights, the order of the images, dropout and augmentation. */
  readonly seed: number;
  readonly backend: Backend;
  /** Measured after each epoch; never learned from. */
  readonly validation?: ImageSet;
  /** Once aborted, training stops after the step it is in. */
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: Progress) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
}

/** Where a training is, after a step. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** The epoch the step belongs to, from 1. */
  readonly epoch: number;
  /** Means over the epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

export interface EpochRecord extends Measure {
  /** From 1. */
  readonly epoch: number;
  /** Rate of the last step of the epoch. */
  readonly learningRate: number;
  readonly validation?: Measure;
  /** Since the beginning of the training, validation included. */
  readonly seconds: number;
  /** Of the training steps of the epoch. */
  readonly imagesPerSecond: number;
}

export interface FitResult {
  /** The averaged weights where an average was asked for. */
  readonly weights: Weights;
  readonly history: readonly EpochRecord[];
  readonly seconds: number;
  /** Whether the signal ended it before its time. */
  readonly interrupted: boolean;
}

/**
 * Trains a model on labelled images for a fixed number of epochs.
 *
 * The epochs form one endless stream of shuffled images, of which each step takes the next
 * `batchSize`: `⌈epochs · n / batchSize⌉` steps, no image left out. Same seed and options, same
 * weights, whatever the number of threads. The loss and accuracy of an epoch are means over its
 * steps, during which the weights changed; those of `validation` belong to the weights at its end.
 *
 * Throws a {@link DivergenceError} once the loss is not a number, a `ShapeError` where model and
 * images do not fit.
 */
export async function fit(
  model: ModelDescription,
  set: ImageSet,
  options: FitOptions,
): Promise<FitResult> {
  const { epochs, learningRate, optimizer } = options;
  const { loss = { type: "crossEntropy" }, schedule = { type: "constant" } } = options;
  const { averageDecay, seed, backend, signal } = options;
  expectFit(model, set);
  if (options.validation !== undefined) expectFit(model, options.validation);
  if (options.augmentation !== undefined && set.channels !== 1) {
    throw new ShapeError(`fit: only grey images can be deformed, got ${set.channels} channels`);
  }
  const problem = epochsCheck(epochs, "epochs") ?? scheduleCheck(schedule, "schedule");
  if (problem !== undefined) throw new TypeError(`fit: ${problem}`);
  const startMs = performance.now();
  const seconds = (): number => (performance.now() - startMs) / 1000;
  const random = new Random(seed);
  const batchSize = Math.min(options.batchSize, set.count);
  const stepsUpTo = (epoch: number): number => Math.ceil((epoch * set.count) / batchSize);
  const steps = stepsUpTo(epochs);

  const program = await compileTraining(model, {
    batchSize,
    loss,
    optimizer,
    weights: initialWeights(model, random.fork("weights")),
    ...(averageDecay === undefined ? {} : { averageDecay }),
    seed,
    backend,
  });
  const validation = options.validation
    ? await Validation.create({ model, loss }, options.validation, {
        weights: program.weights(),
        batchSize,
        backend,
      })
    : undefined;
  const { augmentation } = options;
  const order = random.fork("batches");
  const batches: Batches =
    augmentation === undefined
      ? new BatchWriter(program, set, order)
      : new DeformedBatches(program, set, { random: order, augmentation });
  let lastBreathMs = startMs;
  const history: EpochRecord[] = [];
  let tally = new Tally(batchSize);
  let step = 0;
  const prepareNext = batches.prepare && (() => batches.prepare?.(step + 1));
  try {
    while (step < steps && !signal?.aborted) {
      const rate = learningRateAt(schedule, { peak: learningRate, step, steps });
      batches.write(step);
      program.step(rate, prepareNext);
      step += 1;
      if (!Number.isFinite(program.loss)) throw new DivergenceError(step, rate, program.loss);
      tally.add(program.loss, program.correct);
      const epoch = history.length + 1;
      const secondsLeft = (seconds() / step) * (steps - step);
      options.onStep?.({ step, steps, epoch, ...tally.means(), secondsLeft });
      if (step === stepsUpTo(epoch)) {
        const means = tally.means();
        const measured = validation?.measure(program.averagedWeights());
        const record: EpochRecord = {
          epoch,
          learningRate: rate,
          ...means,
          ...(measured && { validation: measured }),
          seconds: seconds(),
        };
        history.push(record);
        options.onEpoch?.(record);
        tally = new Tally(batchSize);
      }
      if (performance.now() - lastBreathMs > BREATH_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        lastBreathMs = performance.now();
      }
    }
    const weights = program.averagedWeights();
    return { weights, history, seconds: seconds(), interrupted: step < steps };
  } finally {
    validation?.close();
    program.close();
  }
}

/** Fails unless the images have the size of the model's input and there is a class per output. */
function expectFit(model: ModelDescription, set: ImageSet): void {
  expectImageSize("fit", model, set);
  if (set.count === 0) throw new DataError("fit: needs at least one image, got none");
  const outputs = describeModel(model).at(-1)?.outputShape ?? model.input;
  if (sizeOf(outputs) !== set.classes.length) {
    throw new ShapeError(
      `fit: the last layer must have one output for each of the ${set.classes.length} classes, got ${formatShape(outputs)}`,
    );
  }
}
