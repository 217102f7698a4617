/** What is called positive from each threshold on, the strictest threshold first. */
export interface ThresholdCounts {
  /** Every score that occurs, once each, falling. */
  readonly thresholds: Float64Array;
  /** Positives whose score is at least the threshold; rising to all of them. */
  readonly truePositives: Float64Array;
  /** Negatives whose score is at least the threshold; rising to all of them. */
  readonly falsePositives: Float64Array;
}

/**
 * Counts the positives and negatives at or above every score: what ROC and precision–recall curves
 * are made of. Equal scores are called positive together, as in scikit-learn.
 *
 * The two sides are sorted as bare numbers and then merged, which is several times as fast as
 * sorting samples by score. Both are reordered in place.
 *
 * @param positives - scores of the samples that are positive
 * @param negatives - scores of those that are not
 */
export function thresholdCounts(positives: Float64Array, negatives: Float64Array): ThresholdCounts {
  positives.sort();
  negatives.sort();
  const most = positives.length + negatives.length;
  const thresholds = new Float64Array(most);
  const truePositives = new Float64Array(most);
  const falsePositives = new Float64Array(most);
  let distinct = 0;
  // Both lists rise, so they are walked from their ends.
  let p = positives.length;
  let q = negatives.length;
  while (p > 0 || q > 0) {
    const threshold = Math.max(
      p > 0 ? positives[p - 1] : Number.NEGATIVE_INFINITY,
      q > 0 ? negatives[q - 1] : Number.NEGATIVE_INFINITY,
    );
    while (p > 0 && positives[p - 1] === threshold) p--;
    while (q > 0 && negatives[q - 1] === threshold) q--;
    thresholds[distinct] = threshold;
    truePositives[distinct] = positives.length - p;
    falsePositives[distinct] = negatives.length - q;
    distinct++;
  }
  return {
    thresholds: thresholds.subarray(0, distinct),
    truePositives: truePositives.subarray(0, distinct),
    falsePositives: falsePositives.subarray(0, distinct),
  };
}
