import type { Augmentation } from "../data/index.js";
import type {
  LossDescription,
  ModelDescription,
  OptimizerDescription,
  ScheduleDescription,
} from "../nn/index.js";

/** A network and how to train it, as plain data: what `inkling train` takes, by name or as JSON. */
export interface Recipe {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The set it is meant for, by its name; MNIST if absent. */
  readonly data?: string;
  /** Whether it learns from the set's test images too, as where a set has no split of its own. */
  readonly whole?: boolean;
  /** Trained with so many seeds, whose nets then answer together; one if absent. */
  readonly seeds?: number;
  /** What is done to the samples before, in the words of `parseSteps`: `missing:median`, `zScore`. */
  readonly prepare?: readonly string[];
  readonly model: ModelDescription;
  readonly training: Training;
  /** Figures of the work it repeats, as that work states them. */
  readonly reported?: Reported;
}

/** Absent is what the work does not say. Losses are mean cross-entropies in nats, accuracies shares. */
export interface Reported {
  /** Which of the five systems of `docs/results.md`. */
  readonly system: "A" | "B" | "C" | "D" | "E";
  readonly trainLoss?: number;
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
  /** Averaged over the classes. */
  readonly testF1?: number;
}

/** Figures of trainings of our own, over several seeds; accuracies are shares. */
export interface Reached {
  /** The images measured on: the test set, folds held out in turn, or those learned from. */
  readonly on: "test" | "folds" | "training";
  readonly seeds: number;
  readonly accuracy: number;
  readonly least: number;
  readonly greatest: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
}

export interface Training {
  /** How often every image is seen. */
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  readonly loss: LossDescription;
  readonly optimizer: OptimizerDescription;
  readonly schedule: ScheduleDescription;
  /** Share of the old in each step of the running average of the weights; none if absent. */
  readonly averageDecay?: number;
  /** Greatest length of the gradient of all weights together; any if absent. */
  readonly clipNorm?: number;
  /** Epochs in a row without a new least validation loss after which training ends; never if absent. */
  readonly patience?: number;
  /** Whether the weights of the least validation loss are kept, not the last; by itself with `patience`. */
  readonly keepBest?: boolean;
  /** How each image is deformed, anew every time it is seen; not at all if absent. */
  readonly augmentation?: Augmentation;
}
