import { NOT_A_CHARACTER } from "../base/index.js";

/** What a model says to samples that all show a character it may answer with. */
export interface ForcedChoice {
  /** `[n, answers]` */
  readonly logits: Float32Array;
  /** Its classes but {@link NOT_A_CHARACTER}. */
  readonly classes: readonly string[];
}

/**
 * Takes the class {@link NOT_A_CHARACTER} away, if there is one and no sample is labelled by it: which
 * character, where it is known that there is one? It must be the last class.
 *
 * @param logits - `[n, classes]`
 */
export function forcedChoice(
  logits: Float32Array,
  { labels, classes }: { readonly labels: Int32Array; readonly classes: readonly string[] },
): ForcedChoice {
  const last = classes.length - 1;
  if (classes[last] !== NOT_A_CHARACTER || labels.includes(last)) return { logits, classes };
  const left = new Float32Array(labels.length * last);
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes.length;
    left.set(logits.subarray(start, start + last), i * last);
  }
  return { logits: left, classes: classes.slice(0, last) };
}
