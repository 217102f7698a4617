import { crossEntropy, DataError, ShapeError } from "../base/index.js";
import type { ImageSet } from "../data/index.js";
import { type LossDescription, type ModelDescription, meanLoss } from "../nn/index.js";
import {
  averageMetrics,
  type ClassMetrics,
  classMetrics,
  type Metrics,
} from "./metrics/class-metrics.js";
import { type Confusion, confusionMatrix } from "./metrics/confusion-matrix.js";
import { predictedClasses } from "./metrics/predicted-classes.js";
import { wilsonInterval } from "./metrics/wilson-interval.js";

/** What a model got right and wrong on a labelled set. Plain data: this is what `--json` prints. */
export interface Evaluation {
  /** Number of images. */
  readonly n: number;
  /** Share of images whose highest score is that of their label. */
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
}

/**
 * Holds a model's logits against the true labels.
 *
 * Logarithms of probabilities are logits too: softmax gives the probabilities back.
 *
 * @param logits - `[n, classes]`
 * @param set - class indices, `[n]`, n at least 1, and the names of the classes, in the order of the logits
 * @param trained - what was trained, and with which loss; cross-entropy, in nats, is measured if absent
 */
export function evaluate(
  logits: Float32Array,
  { labels, classes }: Pick<ImageSet, "labels" | "classes">,
  trained?: { readonly model: ModelDescription; readonly loss: LossDescription },
): Evaluation {
  const n = labels.length;
  if (n === 0) throw new DataError("evaluate: needs at least one image, got none");
  if (logits.length !== n * classes.length) {
    throw new ShapeError(
      `evaluate: logits must be [${n}, ${classes.length}], got ${logits.length} numbers`,
    );
  }
  const wrong = logits.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new DataError(
      `evaluate: logits must be finite, got ${logits[wrong]} for image ${Math.floor(wrong / classes.length)}; the network has diverged, train it with a lower rate`,
    );
  }
  const predicted = predictedClasses(logits, classes.length);
  const confusion = confusionMatrix(predicted, labels, { classes: classes.length });
  const right = confusion.reduce((sum, row, k) => sum + row[k], 0);
  return {
    n,
    accuracy: right / n,
    interval: wilsonInterval(right, n),
    loss: trained ? meanLoss(logits, labels, trained) : crossEntropy(logits, labels),
    lossType: trained?.loss.type ?? "crossEntropy",
    perClass: classMetrics(confusion, classes),
    ...averageMetrics(confusion),
    confusion,
  };
}
