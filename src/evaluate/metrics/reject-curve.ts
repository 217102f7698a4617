import { predictedClasses } from "./predicted-classes.js";
import { thresholdCounts } from "./threshold-counts.js";

/** What is left where only answers from a confidence on are given. */
export interface RejectPoint {
  /** Lowest confidence that is answered. */
  readonly threshold: number;
  /** Share of images that are answered. */
  readonly coverage: number;
  /** Share of the answered images that are misread. */
  readonly error: number;
}

/**
 * Error against rejection (Chow 1970), from the strictest threshold to where all images are answered.
 * Equal confidences stand or fall together. Of right answers in a row only the last is a point:
 * up to it the error falls as 1 / coverage.
 *
 * @param probabilities - `[n, classes]`; the highest of a row is its answer's confidence
 * @param labels - class indices, `[n]`, n at least 1
 */
export function rejectCurve(probabilities: Float64Array, labels: Int32Array): RejectPoint[] {
  const n = labels.length;
  const classes = probabilities.length / n;
  const predicted = predictedClasses(probabilities, classes);
  const confidences = Float64Array.from(predicted, (k, i) => probabilities[i * classes + k]);
  const counts = thresholdCounts(
    confidences.filter((_, i) => predicted[i] !== labels[i]),
    confidences.filter((_, i) => predicted[i] === labels[i]),
  );
  return counts.thresholds.map((threshold, i) => {
    const wrong = counts.truePositives[i];
    const answered = wrong + counts.falsePositives[i];
    return { threshold, coverage: answered / n, error: wrong / answered };
  });
}

/**
 * The point of a reject curve that answers most while at most `maxError` of the answers are wrong;
 * nothing is answered where there is none.
 */
export function coverageAtError(points: readonly RejectPoint[], maxError: number): RejectPoint {
  const nothing: RejectPoint = { threshold: 1, coverage: 0, error: 0 };
  return points.findLast(({ error }) => error <= maxError) ?? nothing;
}
