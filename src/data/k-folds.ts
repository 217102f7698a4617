import { type Random, ShapeError } from "../base/index.js";
import { dealGroups } from "./deal-groups.js";

/** One of the k divisions of cross-validation, as indices of images in rising order. */
export interface Fold {
  readonly train: number[];
  /** Held out, to be measured on. */
  readonly held: number[];
}

export interface FoldOptions {
  /** How many, 2 or more. */
  readonly folds: number;
  readonly random: Random;
  /** A number per image, the same for all of one writer, say: a group is never torn apart. */
  readonly groups?: ArrayLike<number> | undefined;
}

/**
 * Divides images into k folds for cross-validation: each image is held out exactly once.
 *
 * Stratified: of every class each fold holds out the same number, but for one more or less, and so
 * do all folds in sum. With `groups`, each group is held out whole, and the folds have the class
 * proportions of the whole as nearly as whole groups permit.
 *
 * @param labels - class index per image, `[n]`
 */
export function kFolds(labels: ArrayLike<number>, { folds, random, groups }: FoldOptions): Fold[] {
  if (groups !== undefined && groups.length !== labels.length) {
    throw new ShapeError(
      `kFolds: groups must have the shape [${labels.length}], got [${groups.length}]`,
    );
  }
  const units = groups === undefined ? labels.length : new Set(Array.from(groups)).size;
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= units)) {
    const of = groups === undefined ? "images" : "groups";
    throw new TypeError(
      `kFolds: folds must be an integer from 2 to the number of ${of}, ${units}, got ${folds}`,
    );
  }
  const foldOf =
    groups === undefined
      ? dealEach(labels, folds, random)
      : dealGroups(labels, groups, { shares: new Array<number>(folds).fill(1 / folds), random });
  const every = Array.from({ length: labels.length }, (_, i) => i);
  return Array.from({ length: folds }, (_, fold) => ({
    train: every.filter((i) => foldOf[i] !== fold),
    held: every.filter((i) => foldOf[i] === fold),
  }));
}

/** The fold of every image: shuffled within its class and dealt like cards, class after class. */
function dealEach(labels: ArrayLike<number>, folds: number, random: Random): Int32Array {
  const members: number[][] = [];
  for (let i = 0; i < labels.length; i++) (members[labels[i]] ??= []).push(i);
  const foldOf = new Int32Array(labels.length);
  let next = 0;
  for (const indices of members) {
    for (const i of random.shuffle(indices ?? [])) foldOf[i] = next++ % folds;
  }
  return foldOf;
}
