import { crossEntropy, softmax } from "../base/index.js";
import type { LossDescription } from "./losses.js";
import { closingActivation, type ModelDescription } from "./model.js";

/**
 * Mean of a loss over a model's answers to labelled samples, as training measures it, but without
 * label smoothing: 0 is best.
 *
 * @param logits - of {@link compileInference}, `[n, classes]`
 * @param labels - class indices, `[n]`
 */
export function meanLoss(
  logits: Float32Array,
  labels: Int32Array,
  { model, loss }: { readonly model: ModelDescription; readonly loss: LossDescription },
): number {
  switch (loss.type) {
    case "crossEntropy":
      return crossEntropy(logits, labels);
    case "binaryCrossEntropy":
      return meanOverOutputs(logits, labels, binaryLoss);
    case "meanSquaredError":
      return meanOverOutputs(outputsOf(model, logits, labels.length), labels, squaredError);
  }
}

/** `-(t·log p + (1 - t)·log(1 - p))` with p = sigmoid(z), written so that nothing overflows. */
function binaryLoss(z: number, t: number): number {
  return Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
}

function squaredError(y: number, t: number): number {
  return (y - t) * (y - t);
}

/** What the model ends in, its closing activation included. */
function outputsOf(
  model: ModelDescription,
  logits: Float32Array,
  count: number,
): ArrayLike<number> {
  switch (closingActivation(model)) {
    case "softmax":
      return softmax(logits, logits.length / count);
    case "sigmoid":
      return logits.map((z) => 1 / (1 + Math.exp(-z)));
    default:
      return logits;
  }
}

/** Mean of `lossOf(y, t)` over all outputs, where t is 1 at a sample's label and 0 elsewhere. */
function meanOverOutputs(
  outputs: ArrayLike<number>,
  labels: Int32Array,
  lossOf: (y: number, t: number) => number,
): number {
  const classes = outputs.length / labels.length;
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) {
    const row = Math.floor(i / classes);
    sum += lossOf(outputs[i], labels[row] === i % classes ? 1 : 0);
  }
  return sum / outputs.length;
}
