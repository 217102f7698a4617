import { answerProbabilities } from "../base/index.js";
import type { ReadingOptions } from "../nn/index.js";
import { fitTemperature } from "./metrics/fit-temperature.js";
import { coverageAtError, rejectCurve } from "./metrics/reject-curve.js";

/** Images from which on a temperature follows. */
const ENOUGH = 50;
/** Wrong answers that must be expected among the images for a threshold to follow from them. */
const EXPECTED_ERRORS = 3;

/** How sure readings must be, and whether that was found anew. */
export interface FittedReading {
  readonly reading: ReadingOptions;
  /** `kept` where there were too few images to tell. */
  readonly how: "fitted" | "kept";
}

/**
 * Finds anew how sure a model may be that has learned more, on images it did not learn from.
 *
 * They are few, and only of what was learned last. So a model only ever becomes less sure: neither its
 * temperature nor a threshold falls, and the threshold for an error rate changes only where the images would
 * show three errors of that rate.
 *
 * @param logits - `[n, classes]`
 * @param held.labels - class indices, `[n]`
 * @param before - how sure the model's readings had to be
 */
export function fitReading(
  logits: Float32Array,
  held: { readonly labels: Int32Array; readonly classes: readonly string[] },
  before: ReadingOptions,
): FittedReading {
  const { labels, classes } = held;
  if (labels.length < ENOUGH) return { reading: before, how: "kept" };
  const temperature = Math.max(before.temperature, fitTemperature(logits, labels));
  const curve = rejectCurve(answerProbabilities(logits, classes, { temperature }), labels);
  const raised = (threshold: number, error: number): number => {
    if (labels.length * error < EXPECTED_ERRORS) return threshold;
    const point = coverageAtError(curve, error);
    // Where all are answered, the images say nothing about answers less sure than theirs.
    return point.coverage === 1 ? threshold : Math.max(threshold, point.threshold);
  };
  const atError = before.atError?.map(({ error, threshold }) => ({
    error,
    threshold: raised(threshold, error),
  }));
  // The model's own threshold is the one of an error rate where it was measured.
  const own = before.atError?.findIndex(({ threshold }) => threshold === before.threshold) ?? -1;
  const threshold = atError?.[own]?.threshold ?? before.threshold;
  return { reading: { temperature, threshold, ...(atError && { atError }) }, how: "fitted" };
}
