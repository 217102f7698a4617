import { DataError, ShapeError } from "../base/index.js";
import { type Augmentation, isImageSet, type SampleSet, sampleShape } from "../data/index.js";
import { type Backend, formatShape, sizeOf } from "../engine/index.js";
import {
  describeModel,
  expectSampleShape,
  type LossDescription,
  type ModelDescription,
  type OptimizerDescription,
  type ScheduleDescription,
  scheduleCheck,
  schema,
  type Weights,
} from "../nn/index.js";
import type { Checkpoint, CheckpointInterval } from "./checkpoint.js";
import type { Measure } from "./validation.js";

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
  /**
   * Greatest length of the gradient of all weights together; a longer one is shortened to it
   * (Pascanu et al. 2013). Any length if absent.
   */
  readonly clipNorm?: number;
  /** Share of the old in each step of the running average of the weights; none if absent. */
  readonly averageDecay?: number;
  /** How each image is deformed, anew every time it is seen; grey images only. Not at all if absent. */
  readonly augmentation?: Augmentation;
  /** What training starts from; drawn from the seed if absent. */
  readonly weights?: Weights;
  /** Share of the way back to where they started that weights go after each step; none if absent. */
  readonly pull?: number;
  /** Whether batch normalisation keeps to its running statistics, for sets too small to tell their own. */
  readonly frozenStatistics?: boolean;
  /** Decides the first weights, the order of the images, dropout and augmentation. */
  readonly seed: number;
  readonly backend: Backend;
  /** Measured after each epoch; never learned from. */
  readonly validation?: SampleSet;
  /** Ends the training after so many epochs in a row without a new least validation loss; never if absent. */
  readonly patience?: number;
  /** Whether to hand out the weights of the least validation loss, not the last; by itself if `patience` is given. */
  readonly keepBest?: boolean;
  /** Once aborted, training stops after the step it is in. */
  readonly signal?: AbortSignal;
  /** Goes on from here: a checkpoint of a training of the same model, images and options. */
  readonly from?: Checkpoint;
  /** Takes checkpoints; none if absent. */
  readonly checkpoints?: {
    readonly every: CheckpointInterval;
    /** Is waited for; called when one is due, and when the signal ends the training. */
    save(checkpoint: Checkpoint): Promise<void>;
  };
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
  /** Since the beginning of the training, validation included, pauses between sessions not. */
  readonly seconds: number;
  /** Of the training steps of the epoch. */
  readonly imagesPerSecond: number;
}

const epochsCheck = schema.integer(1, 1_000_000);
const patienceCheck = schema.optional(schema.integer(1, 1_000_000));

/** Fails unless model, images and options fit each other. */
export function expectFit(model: ModelDescription, set: SampleSet, options: FitOptions): void {
  const { epochs, schedule, patience, keepBest = false, validation } = options;
  expectSamples(model, set);
  if (validation !== undefined) expectSamples(model, validation);
  if (options.augmentation !== undefined && !(isImageSet(set) && set.channels === 1)) {
    const got = isImageSet(set) ? `${set.channels} channels` : "rows of features";
    throw new ShapeError(`fit: only grey images can be deformed, got ${got}`);
  }
  const problem =
    epochsCheck(epochs, "epochs") ??
    schema.optional(scheduleCheck)(schedule, "schedule") ??
    patienceCheck(patience, "patience");
  if (problem !== undefined) throw new TypeError(`fit: ${problem}`);
  if ((patience !== undefined || keepBest) && validation === undefined) {
    const what = patience === undefined ? "keepBest" : "patience";
    throw new TypeError(`fit: ${what} must go with validation images, got none`);
  }
}

/** Fails unless the samples have the shape of the model's input and there is a class per output. */
function expectSamples(model: ModelDescription, set: SampleSet): void {
  expectSampleShape("fit", model, sampleShape(set));
  if (set.count === 0) throw new DataError("fit: needs at least one image, got none");
  const outputs = describeModel(model).at(-1)?.outputShape ?? model.input;
  if (sizeOf(outputs) !== set.classes.length) {
    throw new ShapeError(
      `fit: the last layer must have one output for each of the ${set.classes.length} classes, got ${formatShape(outputs)}`,
    );
  }
}
