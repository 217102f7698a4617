import type { Confusion } from "./confusion-matrix.js";

/** How well one class, or an average of them, is told from the others; each in [0, 1]. */
export interface Metrics {
  /** TP / (TP + FP): share of what was called this class that is. */
  readonly precision: number;
  /** TP / (TP + FN): share of this class that was found; also called sensitivity. */
  readonly recall: number;
  /** TN / (TN + FP): share of the other classes that was not called this one. */
  readonly specificity: number;
  /** 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall. */
  readonly f1: number;
}

export interface ClassMetrics extends Metrics {
  readonly label: string;
  /** Number of images of this class, TP + FN. */
  readonly support: number;
}

interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/**
 * Precision, recall, specificity and F1 of each class, one against the rest.
 *
 * A ratio with nothing below the line (a class never predicted, or absent) is 0, as with
 * scikit-learn's `zero_division=0`.
 *
 * @param confusion - `[actual][predicted]`
 */
export function classMetrics(confusion: Confusion, labels: readonly string[]): ClassMetrics[] {
  return countsPerClass(confusion).map((counts, k) => ({
    label: labels[k] ?? String(k),
    support: counts.tp + counts.fn,
    ...metricsOf(counts),
  }));
}

/**
 * The three usual averages over the classes.
 *
 * - macro: every class counts the same
 * - weighted: a class counts by its support
 * - micro: all decisions pooled; precision, recall and F1 are then the accuracy
 *
 * A class that neither occurs nor is predicted takes no part, as in scikit-learn: a test on
 * three of ten digits is not held against the other seven.
 */
export function averageMetrics(confusion: Confusion): {
  macro: Metrics;
  weighted: Metrics;
  micro: Metrics;
} {
  const present = countsPerClass(confusion).filter(({ tp, fp, fn }) => tp + fp + fn > 0);
  const pooled: Counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const counts of present) {
    pooled.tp += counts.tp;
    pooled.fp += counts.fp;
    pooled.fn += counts.fn;
    pooled.tn += counts.tn;
  }
  return {
    macro: average(present, () => 1),
    weighted: average(present, ({ tp, fn }) => tp + fn),
    micro: metricsOf(pooled),
  };
}

function countsPerClass(confusion: Confusion): Counts[] {
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  return confusion.map((row, k) => {
    const tp = row[k];
    const fn = row.reduce((sum, count) => sum + count, 0) - tp;
    const fp = confusion.reduce((sum, other) => sum + other[k], 0) - tp;
    return { tp, fp, fn, tn: total - tp - fn - fp };
  });
}

function metricsOf({ tp, fp, fn, tn }: Counts): Metrics {
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    specificity: ratio(tn, tn + fp),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

function average(classes: readonly Counts[], weightOf: (counts: Counts) => number): Metrics {
  const sum = { precision: 0, recall: 0, specificity: 0, f1: 0 };
  let total = 0;
  for (const counts of classes) {
    const weight = weightOf(counts);
    const metrics = metricsOf(counts);
    total += weight;
    sum.precision += weight * metrics.precision;
    sum.recall += weight * metrics.recall;
    sum.specificity += weight * metrics.specificity;
    sum.f1 += weight * metrics.f1;
  }
  return {
    precision: ratio(sum.precision, total),
    recall: ratio(sum.recall, total),
    specificity: ratio(sum.specificity, total),
    f1: ratio(sum.f1, total),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
