import type { ThresholdCounts } from "./threshold-counts.js";
import { trapezoidArea } from "./trapezoid-area.js";

/** Precision against recall, from "nothing is called positive" on. */
export interface PrecisionRecallCurve {
  /** TP / P, rising from 0 to 1. */
  readonly recall: readonly number[];
  /** TP / (TP + FP); 1 at the start, where nothing is called positive. */
  readonly precision: readonly number[];
  /** Score from which on a sample is called positive, falling; `null` at the start, where none is. */
  readonly thresholds: readonly (number | null)[];
  /** `Σ (R_i - R_i-1)·P_i`, in [0, 1]: the area in steps, not flattered by straight lines. */
  readonly averagePrecision: number;
  /** Area under the curve by trapezoids, in [0, 1]. */
  readonly area: number;
}

/**
 * The precision–recall curve, one point a threshold, and both of the areas in use: average precision
 * as scikit-learn defines it, and the trapezoids', which are too kind where points lie far apart
 * (Davis and Goadrich 2006).
 *
 * Points within the first run, before any negative is called positive, are left out, as are those
 * within a run of equal recall: neither shape nor areas need them.
 *
 * @param counts - of at least one sample
 * @returns `null` without positives, where recall has no meaning
 */
export function precisionRecallCurve(counts: ThresholdCounts): PrecisionRecallCurve | null {
  const { truePositives, falsePositives } = counts;
  const last = truePositives.length - 1;
  const positives = truePositives[last];
  if (positives === 0) return null;
  const share = (i: number): number => truePositives[i] / (truePositives[i] + falsePositives[i]);
  const recall = [0];
  const precision = [1];
  const thresholds: (number | null)[] = [null];
  let averagePrecision = 0;
  for (let i = 0; i <= last; i++) {
    const gained = truePositives[i] - (i === 0 ? 0 : truePositives[i - 1]);
    averagePrecision += (gained / positives) * share(i);
    // Not a bend where no negative has come yet and none comes next: precision stays 1.
    if (i < last && falsePositives[i + 1] === 0) continue;
    recall.push(truePositives[i] / positives);
    precision.push(share(i));
    thresholds.push(counts.thresholds[i]);
  }
  const area = trapezoidArea(recall, precision);
  return { recall, precision, thresholds, averagePrecision, area };
}
