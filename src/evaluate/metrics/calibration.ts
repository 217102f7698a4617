import { predictedClasses } from "./predicted-classes.js";

/** Bins of the reliability diagram, as many as Guo et al. 2017 take. */
const BINS = 15;

/** How far the model's confidence can be believed. */
export interface Calibration {
  /** Mean of `-log p(label)`, in nats; 0 is best. */
  readonly negativeLogLikelihood: number;
  /** Mean of `Σ_k (p_k - y_k)²`, from 0, the best, to 2 (Brier 1950); not halved for two classes. */
  readonly brierScore: number;
  /** `Σ_b count_b/n · |accuracy_b - confidence_b|`, from 0, the best, to 1. */
  readonly expectedCalibrationError: number;
  /** The reliability diagram: 15 bins of equal width. */
  readonly bins: readonly ReliabilityBin[];
}

/** Images whose answer got a probability in (low, high]. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of the answers; 0 for an empty bin. */
  readonly confidence: number;
  /** Share of the answers that are right; 0 for an empty bin. */
  readonly accuracy: number;
}

/**
 * Calibration of the answers: each image's most probable class, its probability taken as confidence
 * (Guo et al. 2017, eq. 3 for the expected calibration error).
 *
 * @param probabilities - `[n, classes]`, rows that add up to 1
 * @param labels - class indices, `[n]`, n at least 1
 * @param negativeLogLikelihood - taken from the logits, where a probability may have rounded to 0
 */
export function calibration(
  probabilities: Float64Array,
  labels: Int32Array,
  { negativeLogLikelihood }: { readonly negativeLogLikelihood: number },
): Calibration {
  const n = labels.length;
  const bins = reliabilityBins(probabilities, labels);
  const gaps = bins.map(
    ({ count, accuracy, confidence }) => count * Math.abs(accuracy - confidence),
  );
  return {
    negativeLogLikelihood,
    brierScore: brierScore(probabilities, labels),
    expectedCalibrationError: gaps.reduce((sum, gap) => sum + gap, 0) / n,
    bins,
  };
}

function reliabilityBins(probabilities: Float64Array, labels: Int32Array): ReliabilityBin[] {
  const classes = probabilities.length / labels.length;
  const predicted = predictedClasses(probabilities, classes);
  const edges = Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? 1 : i * (1 / BINS)));
  const counts = new Array<number>(BINS).fill(0);
  const confidences = new Array<number>(BINS).fill(0);
  const rights = new Array<number>(BINS).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const confidence = probabilities[i * classes + predicted[i]];
    let bin = 0;
    while (bin < BINS - 1 && confidence > edges[bin + 1]) bin++;
    counts[bin]++;
    confidences[bin] += confidence;
    if (predicted[i] === labels[i]) rights[bin]++;
  }
  return counts.map((count, bin) => ({
    low: edges[bin],
    high: edges[bin + 1],
    count,
    confidence: count === 0 ? 0 : confidences[bin] / count,
    accuracy: count === 0 ? 0 : rights[bin] / count,
  }));
}

function brierScore(probabilities: Float64Array, labels: Int32Array): number {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < classes; k++) {
      const off = probabilities[i * classes + k] - (k === labels[i] ? 1 : 0);
      sum += off * off;
    }
  }
  return sum / labels.length;
}
