/** A histogram cut in two. */
export interface Split {
  /** The last level of the lower class. */
  readonly threshold: number;
  /** Distance between the mean levels of the two classes; 0 if there is but one level. */
  readonly contrast: number;
}

/**
 * Cuts a histogram where the variance between the two classes, `w₀·w₁·(μ₁ - μ₀)²`, is largest
 * (Otsu 1979, eq. 18).
 *
 * @param histogram - weight of each level; need not be whole numbers
 */
export function otsu(histogram: Float64Array): Split {
  let total = 0;
  let moment = 0;
  for (let level = 0; level < histogram.length; level++) {
    total += histogram[level];
    moment += level * histogram[level];
  }
  let best = { threshold: 0, contrast: 0 };
  let bestVariance = 0;
  let lower = 0;
  let lowerMoment = 0;
  for (let level = 0; level < histogram.length; level++) {
    lower += histogram[level];
    lowerMoment += level * histogram[level];
    const upper = total - lower;
    if (lower <= 0 || upper <= 0) continue;
    const contrast = (moment - lowerMoment) / upper - lowerMoment / lower;
    const variance = lower * upper * contrast * contrast;
    if (variance > bestVariance) {
      bestVariance = variance;
      best = { threshold: level, contrast };
    }
  }
  return best;
}

/** The level at or below which `share` of the weight lies; the median if not said. */
export function quantile(histogram: Float64Array, share = 0.5): number {
  let total = 0;
  for (const weight of histogram) total += weight;
  let sum = 0;
  for (let level = 0; level < histogram.length; level++) {
    sum += histogram[level];
    if (sum > 0 && sum >= share * total) return level;
  }
  return 0;
}
