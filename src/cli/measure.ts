import type { ImageSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import { type Evaluation, evaluate, predict } from "../evaluate/index.js";
import type { LossDescription, ModelDescription, Weights } from "../nn/index.js";

/** A model's answers to a set, and how good they are. */
export interface Measured {
  readonly set: ImageSet;
  /** `[set.count, classes]` */
  readonly logits: Float32Array;
  readonly evaluation: Evaluation;
}

/**
 * @param options.set - images of the size of the model's input, classes in the order of its outputs
 * @param options.loss - what the model was trained with
 */
export async function measure(
  model: ModelDescription,
  weights: Weights,
  { loss, set, backend }: { loss: LossDescription; set: ImageSet; backend: Backend },
): Promise<Measured> {
  const logits = await predict(model, weights, set, { backend });
  const evaluation = evaluate(logits, set, { model, loss });
  return { set, logits, evaluation };
}
