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
  readonly model: ModelDescription;
  readonly training: Training;
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
  /** How each image is deformed, anew every time it is seen; not at all if absent. */
  readonly augmentation?: Augmentation;
}
