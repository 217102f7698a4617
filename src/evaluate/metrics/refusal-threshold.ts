import { softmax } from "../../base/index.js";
import { predictedClasses } from "./predicted-classes.js";

/** From which confidence answers are given, and what that leaves. */
export interface RefusalThreshold {
  readonly threshold: number;
  /** Share of images that are answered. */
  readonly coverage: number;
  /** Share of the answered images that are misread. */
  readonly error: number;
}

/**
 * The lowest confidence from which on at most `error` of the answers are wrong; so most images are
 * answered (Chow 1970, error against rejection).
 *
 * @param logits - divided by the temperature, `[n, classes]`, of images the model did not learn from
 * @param labels - class indices, `[n]`
 * @param error - share of answers that may be wrong
 */
export function refusalThreshold(
  logits: Float32Array,
  labels: Int32Array,
  { classes, error }: { classes: number; error: number },
): RefusalThreshold {
  const predicted = predictedClasses(logits, classes);
  const probabilities = softmax(logits, classes);
  const confidences = Array.from(predicted, (k, i) => probabilities[i * classes + k]);
  const surestFirst = Array.from(confidences.keys()).sort(
    (a, b) => confidences[b] - confidences[a],
  );
  let best: RefusalThreshold = { threshold: 1, coverage: 0, error: 0 };
  let wrong = 0;
  surestFirst.forEach((index, rank) => {
    if (predicted[index] !== labels[index]) wrong++;
    const answered = rank + 1;
    // Equal confidences stand or fall together.
    if (confidences[surestFirst[answered]] === confidences[index]) return;
    if (wrong > error * answered) return;
    best = {
      threshold: confidences[index],
      coverage: answered / labels.length,
      error: wrong / answered,
    };
  });
  return best;
}
