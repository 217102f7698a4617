import { averageCurve } from "./average-curve.js";
import { type PrecisionRecallCurve, precisionRecallCurve } from "./precision-recall-curve.js";
import { type RocCurve, rocCurve } from "./roc-curve.js";
import { type ThresholdCounts, thresholdCounts } from "./threshold-counts.js";

/** Both curves of one two-sided question; `null` where the labels leave a curve without meaning. */
export interface CurvePair {
  readonly roc: RocCurve | null;
  readonly precisionRecall: PrecisionRecallCurve | null;
}

/** The curves of an evaluation: each class against the rest, and two averages. */
export interface Curves {
  readonly perClass: readonly (CurvePair & { readonly label: string })[];
  /** All n·classes decisions "is it this class?" pooled. */
  readonly micro: CurvePair;
  /**
   * Mean of the curves, at each false-positive rate or recall, over the classes that have one;
   * areas are the means of theirs. An average has no thresholds.
   */
  readonly macro: MacroCurves;
}

export interface MacroCurves {
  readonly roc: Omit<RocCurve, "thresholds"> | null;
  readonly precisionRecall: Omit<PrecisionRecallCurve, "thresholds"> | null;
}

/**
 * ROC and precision–recall curves of a classifier, one class against the rest (Fawcett 2006,
 * section 10), with the areas scikit-learn's `multi_class="ovr"` gives.
 *
 * @param probabilities - `[n, classes]`
 * @param labels - class indices, `[n]`, n at least 1
 * @param classes - names, in the order of the columns
 */
export function oneVersusRest(
  probabilities: ArrayLike<number>,
  labels: Int32Array,
  classes: readonly string[],
): Curves {
  const perClass = classes.map((label, k) => ({
    label,
    ...curvePair(classCounts(probabilities, labels, { k, classes: classes.length })),
  }));
  return {
    perClass,
    micro: curvePair(pooledCounts(probabilities, labels, classes.length)),
    macro: macroCurves(perClass),
  };
}

function curvePair(counts: ThresholdCounts): CurvePair {
  return { roc: rocCurve(counts), precisionRecall: precisionRecallCurve(counts) };
}

function classCounts(
  probabilities: ArrayLike<number>,
  labels: Int32Array,
  { k, classes }: { readonly k: number; readonly classes: number },
): ThresholdCounts {
  const support = labels.reduce((sum, label) => sum + (label === k ? 1 : 0), 0);
  const positives = new Float64Array(support);
  const negatives = new Float64Array(labels.length - support);
  let p = 0;
  let q = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === k) positives[p++] = probabilities[i * classes + k];
    else negatives[q++] = probabilities[i * classes + k];
  }
  return thresholdCounts(positives, negatives);
}

function pooledCounts(
  probabilities: ArrayLike<number>,
  labels: Int32Array,
  classes: number,
): ThresholdCounts {
  const positives = new Float64Array(labels.length);
  const negatives = new Float64Array(labels.length * (classes - 1));
  let q = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < classes; k++) {
      const probability = probabilities[i * classes + k];
      if (labels[i] === k) positives[i] = probability;
      else negatives[q++] = probability;
    }
  }
  return thresholdCounts(positives, negatives);
}

function macroCurves(pairs: readonly CurvePair[]): MacroCurves {
  const rocs = pairs.flatMap(({ roc }) => roc ?? []);
  const others = pairs.flatMap(({ precisionRecall }) => precisionRecall ?? []);
  return {
    roc: rocs.length === 0 ? null : macroRoc(rocs),
    precisionRecall: others.length === 0 ? null : macroPrecisionRecall(others),
  };
}

function macroRoc(curves: readonly RocCurve[]): MacroCurves["roc"] {
  const { x, y } = averageCurve(
    curves.map((curve) => ({ x: curve.falsePositiveRate, y: curve.truePositiveRate })),
  );
  return { falsePositiveRate: x, truePositiveRate: y, area: mean(curves, ({ area }) => area) };
}

function macroPrecisionRecall(
  curves: readonly PrecisionRecallCurve[],
): MacroCurves["precisionRecall"] {
  const { x, y } = averageCurve(
    curves.map(({ recall, precision }) => ({ x: recall, y: precision })),
  );
  return {
    recall: x,
    precision: y,
    averagePrecision: mean(curves, ({ averagePrecision }) => averagePrecision),
    area: mean(curves, ({ area }) => area),
  };
}

function mean<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
