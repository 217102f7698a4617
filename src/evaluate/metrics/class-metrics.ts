import type { Confusion } from "./confusion-matrix.js";

/**
 * How well one class, or an average of them, is told from the others; each ratio in [0, 1].
 *
 * TP are the images of the class called so, FP those of others called so, FN those of the class
 * called otherwise, TN the rest.
 */
export interface Metrics {
  /** TP / (TP + FP): share of what was called this class that is; positive predictive value. */
  readonly precision: number;
  /** TP / (TP + FN): share of this class that was found; sensitivity, true-positive rate. */
  readonly recall: number;
  /** TN / (TN + FP): share of the other classes that was not called this one. */
  readonly specificity: number;
  /** 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall (van Rijsbergen 1979). */
  readonly f1: number;
  /** TN / (TN + FN): share of what was not called this class that indeed is not. */
  readonly negativePredictiveValue: number;
  /** FP / (FP + TN): share of the other classes that was called this one; 1 - specificity. */
  readonly falsePositiveRate: number;
  /**
   * Ratios with nothing below the line, such as the recall of a class without images. They are 0
   * here, as with scikit-learn's `zero_division=0`, and "–" where a person reads.
   */
  readonly undefinedRatios: readonly Ratio[];
}

export type Ratio = Exclude<keyof Metrics, "undefinedRatios">;

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

/** What stands above and below the line of each ratio. */
const FRACTIONS: Readonly<Record<Ratio, (counts: Counts) => readonly [number, number]>> = {
  precision: ({ tp, fp }) => [tp, tp + fp],
  recall: ({ tp, fn }) => [tp, tp + fn],
  specificity: ({ tn, fp }) => [tn, tn + fp],
  f1: ({ tp, fp, fn }) => [2 * tp, 2 * tp + fp + fn],
  negativePredictiveValue: ({ tn, fn }) => [tn, tn + fn],
  falsePositiveRate: ({ tn, fp }) => [fp, fp + tn],
};
const RATIOS = Object.keys(FRACTIONS) as Ratio[];

/**
 * The metrics of each class, one against the rest.
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
 * three of ten digits is not held against the other seven. An undefined ratio of a class that
 * takes part counts as 0; the average is undefined where those of all classes are.
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

function metricsOf(counts: Counts): Metrics {
  return fromRatios((ratio) => {
    const [part, whole] = FRACTIONS[ratio](counts);
    return whole === 0 ? undefined : part / whole;
  });
}

function average(classes: readonly Counts[], weightOf: (counts: Counts) => number): Metrics {
  const weights = classes.map(weightOf);
  const metrics = classes.map(metricsOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return fromRatios((ratio) => {
    if (metrics.every(({ undefinedRatios }) => undefinedRatios.includes(ratio))) return undefined;
    return metrics.reduce((sum, values, k) => sum + weights[k] * values[ratio], 0) / total;
  });
}

/** Metrics from the value of each ratio, `undefined` where it has none. */
function fromRatios(of: (ratio: Ratio) => number | undefined): Metrics {
  const values = RATIOS.map((ratio) => [ratio, of(ratio)] as const);
  const ratios = Object.fromEntries(values.map(([ratio, value]) => [ratio, value ?? 0]));
  return {
    ...(ratios as Record<Ratio, number>),
    undefinedRatios: values.flatMap(([ratio, value]) => (value === undefined ? [ratio] : [])),
  };
}
