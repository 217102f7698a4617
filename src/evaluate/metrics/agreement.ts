import type { Confusion } from "./confusion-matrix.js";

/**
 * How far predictions and labels agree beyond chance: 1 is perfect, 0 what their frequencies alone
 * would give, below 0 is worse than that.
 */
export interface Agreement {
  /** In [-1, 1]. */
  readonly matthewsCorrelation: number;
  /** In [-1, 1]. */
  readonly cohensKappa: number;
  /** Those of the two with nothing below the line; they are 0 here, and "–" where a person reads. */
  readonly undefinedRatios: readonly ("matthewsCorrelation" | "cohensKappa")[];
}

/**
 * Matthews correlation and Cohen's kappa, from the counts alone.
 *
 * With c right of n images, t_k images of class k and p_k images called k:
 * - Matthews correlation `(c·n - Σ t_k·p_k) / √((n² - Σ p_k²)·(n² - Σ t_k²))` (Matthews 1975; for
 *   more than two classes Gorodkin 2004); undefined where all images, or all answers, are of one class
 * - Cohen's kappa `(p_o - p_e) / (1 - p_e)`, with `p_o = c/n` and `p_e = Σ t_k·p_k / n²` (Cohen 1960);
 *   undefined where all images and all answers are of the same class
 *
 * @param confusion - `[actual][predicted]`
 */
export function agreement(confusion: Confusion): Agreement {
  const actual = confusion.map((row) => sum(row));
  const predicted = confusion.map((_, k) => sum(confusion.map((row) => row[k])));
  const n = sum(actual);
  const right = sum(confusion.map((row, k) => row[k]));
  const expected = dot(actual, predicted);
  const spread = (n * n - dot(predicted, predicted)) * (n * n - dot(actual, actual));
  const beyondChance = n * n - expected;
  return {
    matthewsCorrelation: spread === 0 ? 0 : (right * n - expected) / Math.sqrt(spread),
    cohensKappa: beyondChance === 0 ? 0 : (right * n - expected) / beyondChance,
    undefinedRatios: [
      ...(spread === 0 ? (["matthewsCorrelation"] as const) : []),
      ...(beyondChance === 0 ? (["cohensKappa"] as const) : []),
    ],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, k) => total + value * b[k], 0);
}
