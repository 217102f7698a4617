import type { ImageSet } from "../data/index.js";
import { mcnemarExact } from "./compare/mcnemar.js";
import { forcedChoice } from "./forced-choice.js";
import { predictedClasses } from "./metrics/predicted-classes.js";
import { wilsonInterval } from "./metrics/wilson-interval.js";

/** A loss of old accuracy that chance explains less often than this is one. */
const SIGNIFICANT = 0.05;

/** A share of images read right, with its 95 % interval. */
export interface Accuracy {
  readonly accuracy: number;
  readonly interval: readonly [number, number];
}

/** How a model reads the same images before and after it was changed. */
export interface BeforeAndAfter {
  readonly name: string;
  readonly n: number;
  readonly before: Accuracy;
  readonly after: Accuracy;
  /** Images that only the model after, and only the one before, reads right. */
  readonly gained: number;
  readonly lost: number;
  /** How likely so uneven a difference is where both read equally well (McNemar's exact test). */
  readonly p: number;
}

/**
 * Holds answers to the same images against each other: which character, where it is known that there is one.
 *
 * @param logits - `[n, classes]` each
 */
export function beforeAndAfter(
  name: string,
  { labels, classes }: Pick<ImageSet, "labels" | "classes">,
  logits: { readonly before: Float32Array; readonly after: Float32Array },
): BeforeAndAfter {
  const isRight = (answers: Float32Array): boolean[] => {
    const choice = forcedChoice(answers, { labels, classes });
    const predicted = predictedClasses(choice.logits, choice.classes.length);
    return Array.from(predicted, (answer, i) => answer === labels[i]);
  };
  const [before, after] = [isRight(logits.before), isRight(logits.after)];
  const n = labels.length;
  const gained = after.filter((right, i) => right && !before[i]).length;
  const lost = before.filter((right, i) => right && !after[i]).length;
  const accuracy = (right: readonly boolean[]): Accuracy => {
    const count = right.filter(Boolean).length;
    return { accuracy: count / n, interval: wilsonInterval(count, n) };
  };
  const p = mcnemarExact(gained, lost);
  return { name, n, before: accuracy(before), after: accuracy(after), gained, lost, p };
}

/** Answers by other classes: columns go where their names are; a class that there is none for is never answered. */
export function answersAs(
  classes: readonly string[],
  logits: Float32Array,
  from: readonly string[],
): Float32Array {
  const places = classes.map((name) => from.indexOf(name));
  const rows = logits.length / from.length;
  return Float32Array.from({ length: rows * classes.length }, (_, i) => {
    const place = places[i % classes.length]!;
    const start = Math.floor(i / classes.length) * from.length;
    return place < 0 ? Number.NEGATIVE_INFINITY : logits[start + place]!;
  });
}

/**
 * What speaks against a model that learned more, if anything: it reads the fresh examples less well than before,
 * or the old ones by more than chance explains.
 */
export function whatGotWorse(
  fresh: BeforeAndAfter,
  old: BeforeAndAfter | undefined,
): BeforeAndAfter | undefined {
  if (fresh.lost > fresh.gained) return fresh;
  return old && old.lost > old.gained && old.p < SIGNIFICANT ? old : undefined;
}
