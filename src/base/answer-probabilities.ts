import { NOT_A_CHARACTER } from "./not-a-character.js";
import { softmax } from "./softmax.js";

/**
 * Probabilities of what a model may answer, row by row: the softmax over all classes, without the class
 * {@link NOT_A_CHARACTER}, if there is one. So a row adds up to 1 less what that class got.
 *
 * @param logits - `[n, classes]`
 * @param classes - the model's
 * @returns `[n, answers]`, the answers in the order of the classes
 */
export function answerProbabilities(
  logits: ArrayLike<number>,
  classes: readonly string[],
  { temperature = 1 }: { readonly temperature?: number } = {},
): Float64Array {
  const all = softmax(logits, classes.length, { temperature });
  const left = classes.indexOf(NOT_A_CHARACTER);
  return left < 0 ? all : all.filter((_, i) => i % classes.length !== left);
}
