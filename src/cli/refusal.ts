import { answerProbabilities } from "../base/index.js";
import { mostProbable, predictedClasses } from "../evaluate/index.js";
import type { ReadingOptions } from "../nn/index.js";
import { thresholdFor } from "../read/index.js";
import type { Measured } from "./measure.js";
import { count, percent } from "./terminal/format.js";

/** What is left of a model's answers where only those are given that are sure enough for a wished error rate. */
export interface Refusal {
  readonly maxError: number;
  /** Confidence from which on an answer is given. */
  readonly threshold: number;
  /** Share of the images that are answered. */
  readonly coverage: number;
  /** Share of the answers that are wrong. */
  readonly error: number;
}

/** Refuses as `inkling read --max-error` does, on labelled images; all images have characters. */
export function refusalOf(
  { logits, set }: Measured,
  { reading, classes }: { readonly reading: ReadingOptions; readonly classes: readonly string[] },
  maxError: number,
): Refusal {
  const threshold = thresholdFor(reading, maxError);
  const probabilities = answerProbabilities(logits, classes);
  const answers = probabilities.length / set.count;
  const sureness = mostProbable(probabilities, answers);
  const predicted = predictedClasses(probabilities, answers);
  let answered = 0;
  let wrong = 0;
  for (let i = 0; i < set.count; i++) {
    if (sureness[i]! < threshold) continue;
    answered += 1;
    if (predicted[i] !== set.labels[i]) wrong += 1;
  }
  const error = answered === 0 ? 0 : wrong / answered;
  return { maxError, threshold, coverage: answered / set.count, error };
}

export function refusalText({ maxError, threshold, coverage, error }: Refusal, n: number): string {
  const answered = Math.round(coverage * n);
  return `for ${percent(maxError)} error: answers from confidence ${percent(threshold)} on, ${count(answered)} of ${count(n)} (${percent(coverage)}), of which ${percent(error)} wrong\n`;
}
