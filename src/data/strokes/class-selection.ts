import type { ImageSet } from "../image-set.js";
import { subset } from "../sample-set.js";

const DIGITS = [..."0123456789"];
const CAPITALS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const SMALL_LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
/** Small letters that are told from their capitals by shape, as in EMNIST's 47 classes (Cohen et al. 2017). */
const OWN_SHAPE = [..."abdefghnqrt"];

/**
 * What a model may be made to tell apart. `digits`: 10. `letters`: 26, capitals counted as small
 * letters. `characters`: 47; the small letters c i j k l m o p s u v w x y z, which look like their
 * capitals, count as these.
 */
export const selections = {
  digits: DIGITS,
  letters: SMALL_LETTERS,
  characters: [...DIGITS, ...CAPITALS, ...OWN_SHAPE],
} as const;

export type Selection = keyof typeof selections;

/** The class of a character in a selection, or none. */
export function classIn(selection: Selection, character: string): string | undefined {
  const { [selection]: classes } = selections;
  const folded = selection === "letters" ? character.toLowerCase() : character.toUpperCase();
  return [character, folded].find((name) => (classes as readonly string[]).includes(name));
}

/** The images of characters that are in a selection, labelled by it, and where in the set they were. */
export function selectImages(
  set: ImageSet,
  selection: Selection,
): { set: ImageSet; indices: readonly number[] } {
  const classes: readonly string[] = selections[selection];
  const places = set.classes.map((name) => classes.indexOf(classIn(selection, name) ?? ""));
  const indices = Array.from(set.labels.keys()).filter((i) => places[set.labels[i]] >= 0);
  const kept = subset(set, indices);
  return { set: { ...kept, labels: kept.labels.map((label) => places[label]), classes }, indices };
}
