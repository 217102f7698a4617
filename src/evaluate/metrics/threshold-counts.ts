/** What is called positive from each threshold on, the strictest threshold first. */
export interface ThresholdCounts {
  /** Scores, falling: those of the positives and, of negatives in a row, the lowest. */
  readonly thresholds: readonly number[];
  /** Positives whose score is at least the threshold; rising to all of them. */
  readonly truePositives: readonly number[];
  /** Negatives whose score is at least the threshold; rising to all of them. */
  readonly falsePositives: readonly number[];
}

/**
 * Counts the positives and negatives at or above a threshold: what ROC, precision–recall and reject
 * curves are made of. Equal scores are called positive together, as in scikit-learn.
 *
 * Thresholds within a row of negatives that no positive interrupts are left out, for there the curves
 * run straight. So the negatives, with many classes nearly all samples, need no sorting: each is
 * counted between the two positives it lies between.
 *
 * @param positives - scores of the samples that are positive; sorted in place
 * @param negatives - scores of those that are not
 */
export function thresholdCounts(positives: Float64Array, negatives: Float64Array): ThresholdCounts {
  const levels = distinctFalling(positives);
  const own = new Uint32Array(levels.length);
  for (const score of positives) own[placeOf(score, levels)]++;
  const equal = new Uint32Array(levels.length);
  // The negatives above level j, but below the level before it; at the end those below all.
  const above = new Uint32Array(levels.length + 1);
  const lowest = new Float64Array(levels.length + 1).fill(Number.POSITIVE_INFINITY);
  for (const score of negatives) {
    const place = placeOf(score, levels);
    if (levels[place] === score) equal[place]++;
    else {
      above[place]++;
      if (score < lowest[place]) lowest[place] = score;
    }
  }
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let found = 0;
  let wrong = 0;
  const add = (threshold: number): void => {
    thresholds.push(threshold);
    truePositives.push(found);
    falsePositives.push(wrong);
  };
  for (let j = 0; j <= levels.length; j++) {
    wrong += above[j];
    if (above[j] > 0) add(lowest[j]);
    if (j === levels.length) break;
    found += own[j];
    wrong += equal[j];
    add(levels[j]);
  }
  return { thresholds, truePositives, falsePositives };
}

/** Every value once, falling. */
function distinctFalling(values: Float64Array): Float64Array {
  return values
    .sort()
    .filter((value, i) => i === 0 || value !== values[i - 1])
    .reverse();
}

/** Index of the first of falling levels that is at most `score`; their number where none is. */
function placeOf(score: number, levels: Float64Array): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle] > score) low = middle + 1;
    else high = middle;
  }
  return low;
}
