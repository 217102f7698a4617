import { rocCurve } from "./roc-curve.js";
import { thresholdCounts } from "./threshold-counts.js";

/**
 * How well a score tells one kind of sample from another: the chance that one of the first kind scores
 * above one of the second, equal scores counting half (area under the ROC curve, Fawcett 2006).
 *
 * @param higher - scores of the kind that should score higher, at least one
 * @param lower - scores of the other kind, at least one
 */
export function separation(higher: Float64Array, lower: Float64Array): number {
  return rocCurve(thresholdCounts(higher.slice(), lower))?.area ?? Number.NaN;
}
