import type { Augmentation, ImageSet } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import type { Weights } from "../../nn/index.js";
import type { FitOptions } from "../fit-options.js";

/** How a network is taught. */
export interface TeachSettings {
  /** How often every image is seen. */
  readonly epochs: number;
  /** At the beginning; falls to 0 by a cosine. */
  readonly learningRate: number;
  /** Share of the way back to the old weights that every weight goes after each step. */
  readonly pull: number;
  /** How examples are deformed. */
  readonly augmentation: Augmentation;
}

export interface TeachOptions extends TeachSettings {
  /** What the network is to read; labels count its outputs. */
  readonly examples: ImageSet;
  /** What it is not to forget; labels count its outputs. */
  readonly rehearsal: ImageSet | undefined;
  readonly seed: number;
  readonly backend: Backend;
  readonly signal?: AbortSignal | undefined;
}

/** Is told how far a piece of work is, from 0 to 1. */
export type OnShare = (share: number) => void;

/** Teaches a network some of the examples, by their indices; resolves to what it knows then. */
export type Teacher = (indices: readonly number[], onShare: OnShare) => Promise<Weights>;

/** Images a step, and at once through the layers that are not taught. */
export const BATCH_SIZE = 64;

/** The training of either way, from the weights a network has. */
export function fitting(
  weights: Weights,
  { epochs, learningRate, pull, seed, backend, signal }: TeachOptions,
  onShare: OnShare,
): FitOptions {
  return {
    epochs,
    batchSize: BATCH_SIZE,
    learningRate,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adam" },
    schedule: { type: "cosine" },
    weights,
    ...(pull > 0 && { pull }),
    seed,
    backend,
    ...(signal && { signal }),
    onStep: ({ step, steps }) => onShare(step / steps),
  };
}
