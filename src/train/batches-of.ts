import type { Random } from "../base/index.js";
import { type Augmentation, isImageSet, type SampleSet } from "../data/index.js";
import type { TrainingProgram } from "../nn/index.js";
import { type Batches, BatchWriter } from "./batch-writer.js";
import { DeformedBatches } from "./deformed-batches.js";

/**
 * The batches of a training, in an order of their own.
 *
 * @param options.augmentation - how each image is deformed, anew every time; not at all if absent
 */
export function batchesOf(
  program: TrainingProgram,
  set: SampleSet,
  options: { readonly random: Random; readonly augmentation: Augmentation | undefined },
): Batches {
  const { random, augmentation } = options;
  return augmentation !== undefined && isImageSet(set)
    ? new DeformedBatches(program, set, { random, augmentation })
    : new BatchWriter(program, set, random);
}
