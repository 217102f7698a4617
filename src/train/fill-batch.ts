import type { ImageSet } from "../data/index.js";
import type { TrainingProgram } from "../nn/index.js";
import type { SampleStream } from "./sample-stream.js";
import { writeImage } from "./write-image.js";

/**
 * Writes the next images of the stream and their labels into a program, without allocating.
 *
 * Targets are class indices `[batch]`, or one row a class wide with a 1 at the label (one-hot)
 * where the loss compares whole rows.
 */
export function fillBatch(program: TrainingProgram, set: ImageSet, stream: SampleStream): void {
  const { inputs, targets, batchSize } = program;
  const width = targets.length / batchSize;
  if (width > 1) targets.fill(0);
  for (let row = 0; row < batchSize; row++) {
    const index = stream.next();
    writeImage(inputs, row, set, index);
    if (width > 1) targets[row * width + set.labels[index]] = 1;
    else targets[row] = set.labels[index];
  }
}
