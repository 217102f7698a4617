import { ShapeError } from "../base/index.js";
import {
  binaryCrossEntropy,
  formatShape,
  type Graph,
  meanSquaredError,
  type Node,
  softCrossEntropy,
  softmaxCrossEntropy,
} from "../engine/index.js";
import { closingActivation, type ModelDescription, withoutClosingActivation } from "./model.js";
import { number, optional, variant } from "./schema.js";

/**
 * What training makes small, averaged over the batch. Plain data.
 *
 * - `crossEntropy`: -Σ t·log softmax(logits) with targets (1 - smoothing)·t + smoothing / classes
 *   (Szegedy et al. 2016, section 7). The model ends in logits, or in a softmax, which is left out.
 * - `binaryCrossEntropy`: mean over the outputs of -(t·log p + (1 - t)·log(1 - p)), p = sigmoid(logit).
 *   The model ends in logits, or in a sigmoid, which is left out.
 * - `meanSquaredError`: mean over the outputs of (y - t)².
 */
export type LossDescription =
  | { readonly type: "crossEntropy"; readonly smoothing?: number }
  | { readonly type: "meanSquaredError" }
  | { readonly type: "binaryCrossEntropy" };

/** `sparse`: a class index a sample, cross-entropy only. `dense`: a number for each output. */
export type TargetKind = "sparse" | "dense";

export const lossCheck = variant({
  crossEntropy: { smoothing: optional(number(0, 1)) },
  meanSquaredError: {},
  binaryCrossEntropy: {},
});

/** The model as `loss` takes it: without the closing activation that the loss itself contains. */
export function modelForLoss(model: ModelDescription, loss: LossDescription): ModelDescription {
  if (loss.type === "meanSquaredError") return model;
  const contained = loss.type === "crossEntropy" ? "softmax" : "sigmoid";
  const closing = closingActivation(model);
  if (closing === "linear") return model;
  if (closing === contained) return withoutClosingActivation(model);
  throw new TypeError(
    `${loss.type}: the model must end in "${contained}" or "linear", got "${closing}"`,
  );
}

/** Adds the array the targets are written to, and the loss of each sample, `[n]`. */
export function applyLoss(
  graph: Graph,
  loss: LossDescription,
  { output, targets: kind }: { output: Node; targets: TargetKind },
): { readonly targets: Node; readonly losses: Node } {
  const { shape } = output;
  if (loss.type === "crossEntropy" && shape.length !== 2) {
    throw new ShapeError(
      `crossEntropy: the model must end in [classes], got ${formatShape(shape.slice(1))}; end it with a dense`,
    );
  }
  if (kind === "sparse") {
    if (loss.type !== "crossEntropy") {
      throw new TypeError(`${loss.type}: targets must be "dense", got "sparse"`);
    }
    const targets = graph.input("targets", shape.slice(0, 1), "i32");
    const { smoothing = 0 } = loss;
    return { targets, losses: graph.apply(softmaxCrossEntropy, [output, targets], { smoothing }) };
  }
  const targets = graph.input("targets", shape);
  const inputs = [output, targets];
  switch (loss.type) {
    case "crossEntropy":
      return {
        targets,
        losses: graph.apply(softCrossEntropy, inputs, { smoothing: loss.smoothing ?? 0 }),
      };
    case "meanSquaredError":
      return { targets, losses: graph.apply(meanSquaredError, inputs, {}) };
    case "binaryCrossEntropy":
      return { targets, losses: graph.apply(binaryCrossEntropy, inputs, {}) };
  }
}
