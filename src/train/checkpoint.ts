import type { TrainingState, Weights } from "../nn/index.js";
import type { EpochRecord } from "./fit-options.js";
import type { TallyState } from "./tally.js";

/**
 * All that a training needs to go on between two steps and end with the same bits. Which images come
 * next, how they are deformed, what dropout drops and the learning rate follow from the number of
 * steps taken and from the options of the training.
 */
export interface Checkpoint {
  /** Steps taken, weights, moments and averages. */
  readonly state: TrainingState;
  /** Epochs that are over. */
  readonly history: readonly EpochRecord[];
  /** Of the epoch under way. */
  readonly tally: TallyState;
  /** Time spent so far, over all sessions. */
  readonly seconds: number;
  /** The best weights so far, where those are looked for. */
  readonly best?: Best;
}

/** The weights of the epoch with the least validation loss. */
export interface Best {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly weights: Weights;
}

/** How often checkpoints are taken. */
export type CheckpointInterval = { readonly steps: number } | { readonly seconds: number };

/** Says when a checkpoint is due. */
export class CheckpointClock {
  readonly #every: CheckpointInterval;
  #lastMs = performance.now();

  constructor(every: CheckpointInterval) {
    this.#every = every;
  }

  /** @param step - steps taken since the training began, in whatever session */
  isDue(step: number): boolean {
    if ("steps" in this.#every) return step % this.#every.steps === 0;
    return performance.now() - this.#lastMs >= 1000 * this.#every.seconds;
  }

  /** To be called when one was taken. */
  restart(): void {
    this.#lastMs = performance.now();
  }
}
