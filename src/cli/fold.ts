import { Random } from "../base/index.js";
import { type DataSet, kFolds, subset } from "../data/index.js";
import { usageError } from "./command-error.js";

/** One of the trainings of a cross-validation: the part held out to be measured on, from 1. */
export interface FoldChoice {
  readonly fold: number;
  readonly of: number;
}

/** Parts at most. */
export const MAX_FOLDS = 100;

/** Parses `2/5`. */
export function foldChoice(option: string): (text: string) => FoldChoice {
  return (text) => {
    const [fold, of] = /^\d+\/\d+$/.test(text) ? text.split("/").map(Number) : [];
    if (fold && of && fold <= of && of >= 2 && of <= MAX_FOLDS) return { fold, of };
    throw usageError(
      `${option}: must be a part and the number of parts, as 2/5, at most ${MAX_FOLDS} parts, got "${text}"`,
    );
  };
}

/**
 * The training images of a set, one of `of` parts held out as its test images; what was its test set
 * is not touched. The parts depend on the labels alone, so that every recipe and seed meets the same.
 */
export function foldOf(data: DataSet, { fold, of }: FoldChoice): DataSet {
  const { labels, count } = data.train;
  if (count < of) {
    throw usageError(
      `--fold: ${data.name} must have an image a part, got ${count} for ${of} parts`,
    );
  }
  const { train, held } = kFolds(labels, { folds: of, random: new Random(0) })[fold - 1]!;
  return { ...data, train: subset(data.train, train), test: subset(data.train, held) };
}
