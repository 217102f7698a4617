import type { ThresholdCounts } from "./threshold-counts.js";
import { trapezoidArea } from "./trapezoid-area.js";

/** A receiver operating characteristic, from "nothing is called positive" to "everything is". */
export interface RocCurve {
  /** FP / N, rising from 0 to 1. */
  readonly falsePositiveRate: readonly number[];
  /** TP / P, rising from 0 to 1: recall. */
  readonly truePositiveRate: readonly number[];
  /** Score from which on a sample is called positive, falling; `null` at the start, where none is. */
  readonly thresholds: readonly (number | null)[];
  /** Area under the curve by trapezoids, in [0, 1]: 0.5 is guessing, 1 is perfect. */
  readonly area: number;
}

/**
 * The ROC curve: share of the positives found against share of the negatives called positive, one
 * point a threshold (Fawcett 2006). Its area is the chance that a positive scores above a negative,
 * equal scores counting half.
 *
 * Points within a horizontal or vertical run are left out: neither shape nor area need them.
 *
 * @param counts - of at least one sample
 *
 * @returns `null` without positives or without negatives, where one of the rates has no meaning
 */
export function rocCurve(counts: ThresholdCounts): RocCurve | null {
  const { truePositives, falsePositives } = counts;
  const last = truePositives.length - 1;
  const positives = truePositives[last];
  const negatives = falsePositives[last];
  if (positives === 0 || negatives === 0) return null;
  const truePositiveRate = [0];
  const falsePositiveRate = [0];
  const thresholds: (number | null)[] = [null];
  for (let i = 0; i <= last; i++) {
    if (i < last && (withinRun(truePositives, i) || withinRun(falsePositives, i))) continue;
    truePositiveRate.push(truePositives[i] / positives);
    falsePositiveRate.push(falsePositives[i] / negatives);
    thresholds.push(counts.thresholds[i]);
  }
  const area = trapezoidArea(falsePositiveRate, truePositiveRate);
  return { falsePositiveRate, truePositiveRate, thresholds, area };
}

/** Whether a count is the same at the thresholds before and after; before the first it is 0. */
function withinRun(counts: readonly number[], i: number): boolean {
  return counts[i] === (i === 0 ? 0 : counts[i - 1]) && counts[i] === counts[i + 1];
}
