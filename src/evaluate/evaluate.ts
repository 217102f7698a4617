import { crossEntropy, DataError, ShapeError, softmax } from "../base/index.js";
import type { ImageSet } from "../data/index.js";
import { type LossDescription, type ModelDescription, meanLoss } from "../nn/index.js";
import { type Agreement, agreement } from "./metrics/agreement.js";
import { type Calibration, calibration } from "./metrics/calibration.js";
import {
  averageMetrics,
  type ClassMetrics,
  classMetrics,
  type Metrics,
} from "./metrics/class-metrics.js";
import { type Confusion, confusionMatrix } from "./metrics/confusion-matrix.js";
import { type Curves, oneVersusRest } from "./metrics/one-versus-rest.js";
import { predictedClasses } from "./metrics/predicted-classes.js";
import { coverageAtError, type RejectPoint, rejectCurve } from "./metrics/reject-curve.js";
import { topKAccuracy } from "./metrics/top-k-accuracy.js";
import { wilsonInterval } from "./metrics/wilson-interval.js";

/** Most places looked at for top-k accuracy, where there are more classes than that. */
const TOP_K = [2, 3, 5];
/** Shares of wrong answers at which the coverage is told. */
const MAX_ERRORS = [0.01, 0.001];

/** What samples are called where a person reads. */
export type SampleNoun = "images" | "rows";

/** What a model got right and wrong on a labelled set. Plain data: this is what `--json` prints. */
export interface Evaluation {
  /** Number of samples. */
  readonly n: number;
  /** What the samples are: images, or rows of a table. */
  readonly samples: SampleNoun;
  /** Share of samples whose highest score is that of their label. */
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
  /** Mean of the loss of that type. */
  readonly loss: number;
  readonly lossType: LossDescription["type"];
  readonly perClass: readonly ClassMetrics[];
  readonly macro: Metrics;
  readonly weighted: Metrics;
  readonly micro: Metrics;
  /** Counts, `[actual][predicted]`. */
  readonly confusion: Confusion;
  /** Matthews correlation and Cohen's kappa. */
  readonly agreement: Agreement;
  /** Share of samples whose class is among the k highest scores, for 2, 3 and 5 below the number of classes. */
  readonly topK: readonly { readonly k: number; readonly accuracy: number }[];
  readonly calibration: Calibration;
  /** Error against rejection, from the surest answer to all. */
  readonly reject: readonly RejectPoint[];
  /** The most that is answered with at most 1 % and 0.1 % of the answers wrong. */
  readonly coverageAtError: readonly (RejectPoint & { readonly maxError: number })[];
  /** ROC and precision–recall curves with their areas. */
  readonly curves: Curves;
}

/**
 * Holds a model's logits against the true labels.
 *
 * Logarithms of probabilities are logits too: softmax gives the probabilities back.
 *
 * @param logits - `[n, classes]`
 * @param set - class indices, `[n]`, n at least 1, and the names of the classes, in the order of the logits
 * @param set.samples - what they are; if absent, by the input of the model, which sees images where none is told
 * @param trained - what was trained, and with which loss; cross-entropy, in nats, is measured if absent
 */
export function evaluate(
  logits: Float32Array,
  {
    labels,
    classes,
    samples,
  }: Pick<ImageSet, "labels" | "classes"> & { readonly samples?: SampleNoun },
  trained?: { readonly model: ModelDescription; readonly loss: LossDescription },
): Evaluation {
  const n = labels.length;
  if (n === 0) throw new DataError("evaluate: needs at least one sample, got none");
  if (logits.length !== n * classes.length) {
    throw new ShapeError(
      `evaluate: logits must be [${n}, ${classes.length}], got ${logits.length} numbers`,
    );
  }
  const wrong = logits.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new DataError(
      `evaluate: logits must be finite, got ${logits[wrong]} for sample ${Math.floor(wrong / classes.length)}; the network has diverged, train it with a lower rate`,
    );
  }
  const predicted = predictedClasses(logits, classes.length);
  const confusion = confusionMatrix(predicted, labels, { classes: classes.length });
  const right = confusion.reduce((sum, row, k) => sum + row[k], 0);
  const probabilities = softmax(logits, classes.length);
  const negativeLogLikelihood = crossEntropy(logits, labels);
  const reject = rejectCurve(probabilities, labels);
  return {
    n,
    samples: samples ?? (trained?.model.input.length === 1 ? "rows" : "images"),
    accuracy: right / n,
    interval: wilsonInterval(right, n),
    loss: trained ? meanLoss(logits, labels, trained) : negativeLogLikelihood,
    lossType: trained?.loss.type ?? "crossEntropy",
    perClass: classMetrics(confusion, classes),
    ...averageMetrics(confusion),
    confusion,
    agreement: agreement(confusion),
    topK: TOP_K.filter((k) => k < classes.length).map((k) => ({
      k,
      accuracy: topKAccuracy(logits, labels, { k }),
    })),
    calibration: calibration(probabilities, labels, { negativeLogLikelihood }),
    reject,
    coverageAtError: MAX_ERRORS.map((maxError) => ({
      maxError,
      ...coverageAtError(reject, maxError),
    })),
    curves: oneVersusRest(probabilities, labels, classes),
  };
}
