import { type SampleSet, writeSamples } from "../data/index.js";
import type { InferenceProgram } from "../nn/index.js";

/**
 * What a program answers to each sample of a set, with the weights it has, `[set.count, classes]`, written to
 * `target`.
 */
export function writeAnswers(
  { inputs, outputs, batchSize, run }: InferenceProgram,
  set: SampleSet,
  target: Float32Array,
): void {
  const classes = outputs.length / batchSize;
  for (let start = 0; start < set.count; start += batchSize) {
    // Rows beyond the last sample keep what was there before; nobody looks at them.
    const samples = writeSamples(set, { start, end: start + batchSize }, inputs);
    run();
    target.set(outputs.subarray(0, samples * classes), start * classes);
  }
}

/**
 * Rows of `logits`, `[n, classes]`, whose first greatest value stands at their label.
 *
 * @param answers - the first so many classes, among which it is looked for; all if not said
 */
export function countRight(logits: Float32Array, labels: Int32Array, answers?: number): number {
  const classes = logits.length / labels.length;
  return labels.reduce((right, label, row) => {
    const start = row * classes;
    const own = logits.subarray(start, start + (answers ?? classes));
    return own.indexOf(Math.max(...own)) === label ? right + 1 : right;
  }, 0);
}
