import { answerProbabilities, DataError, NOT_A_CHARACTER, percent } from "../base/index.js";
import type { ModelFile, ReadingOptions } from "../nn/index.js";
import type { Candidate, Reading } from "./reader.js";

/** How sure a model must be that ink is none of its characters before it says that nothing is here. */
const SURELY_NOTHING = 0.95;

/**
 * What a model's logits for one picture say: a label where its confidence reaches the threshold, `nothing`
 * where the model is sure of seeing none of its characters, else `unsure`. The candidates are told in any case.
 *
 * @param logits - `[classes]`
 * @throws {DataError} where they are no numbers
 */
export function decide(
  logits: ArrayLike<number>,
  { classes, reading }: Pick<ModelFile, "classes" | "reading">,
  { threshold, top }: { readonly threshold: number; readonly top: number },
): Omit<Reading, "pixels"> {
  const wrong = Array.from(logits).findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new DataError(
      `reader: the model's answers must be finite, got ${logits[wrong]} for "${classes[wrong]}"; its weights are too large, train it anew with a lower rate`,
    );
  }
  const answers = answersOf(classes);
  const probabilities = answerProbabilities(logits, classes, reading);
  const candidates: Candidate[] = answers
    .map((label, i) => ({ label, confidence: probabilities[i] }))
    .sort((a, b) => b.confidence - a.confidence);
  const [best] = candidates;
  const left = 1 - probabilities.reduce((sum, probability) => sum + probability, 0);
  const shown = { confidence: best.confidence, top: candidates.slice(0, top) };
  if (best.confidence >= threshold) return { status: "read", label: best.label, ...shown };
  if (left > SURELY_NOTHING) return { status: "nothing", label: null, ...shown };
  return { status: "unsure", label: best.label, ...shown };
}

/** The classes a model answers with: all but the one of what is no character. */
export function answersOf(classes: readonly string[]): readonly string[] {
  return classes.filter((name) => name !== NOT_A_CHARACTER);
}

/**
 * The confidence from which on at most the share `maxError` of the answers is wrong, as far as images held
 * out from training tell; the model's own threshold if no share is asked for.
 *
 * @throws {DataError} where the model does not know it
 */
export function thresholdFor(
  { threshold, atError = [] }: ReadingOptions,
  maxError: number | undefined,
): number {
  if (maxError === undefined) return threshold;
  const known = atError.filter(({ error }) => error <= maxError);
  if (known.length > 0) return Math.min(...known.map((point) => point.threshold));
  const asked = `got ${percent(maxError)}`;
  if (atError.length === 0) {
    throw new DataError(
      `reader: an error rate can be wished of a model measured for it, ${asked} of one that was not; the bundled ones are`,
    );
  }
  const least = percent(Math.min(...atError.map(({ error }) => error)));
  throw new DataError(
    `reader: the wished error rate must be at least ${least}, the least this model was measured for, ${asked}`,
  );
}
