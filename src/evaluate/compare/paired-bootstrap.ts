import { type Random, ShapeError } from "../../base/index.js";

/** A mean difference and the middle 95 % of what other samples of images would have given. */
export interface BootstrapInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile interval of the mean of paired differences: the mean over n images drawn with
 * replacement, again and again; its 2.5 % and 97.5 % points (Efron and Tibshirani 1993, chapter 13).
 * Drawing images, not models, keeps the two answers to an image together.
 *
 * @param differences - second less first, one an image, `[n]`, n at least 1
 * @param options.draws - samples drawn; 2,000 settle the ends to a few hundredths of their distance
 */
export function pairedBootstrap(
  differences: ArrayLike<number>,
  { random, draws = 2000 }: { readonly random: Random; readonly draws?: number },
): BootstrapInterval {
  const n = differences.length;
  if (n === 0) throw new ShapeError("pairedBootstrap: needs at least one image, got none");
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += differences[Math.floor(random.uniform() * n)];
    means[draw] = sum / n;
  }
  means.sort();
  let total = 0;
  for (let i = 0; i < n; i++) total += differences[i];
  return { mean: total / n, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** The value below which a share of sorted ones lies, straight between neighbours (numpy's `linear`). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
