import { Random } from "../base/index.js";
import { type ImageSet, isImageSet, kFolds, subset, type Table } from "../data/index.js";
import { usageError } from "./command-error.js";

/** One of the trainings of a cross-validation: the part held out to be measured on, from 1. */
export interface FoldChoice {
  readonly fold: number;
  readonly of: number;
}

/** Which images of a set are learned from, and which are measured on. */
export interface PartChoices {
  /** Whether the test images are learned from too. */
  readonly whole?: boolean;
  readonly fold?: FoldChoice;
}

/** Who wrote each sample that is learned from, where that is known and asked for. */
export interface KnownWriters {
  readonly writers?: Int32Array;
}

/** What is learned from, and what is measured on. */
export interface SetParts<S> {
  readonly train: S;
  readonly test: S | undefined;
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
 * The set as it is learned from: whole, or with one fold of the training images for test images. The
 * folds depend on the labels alone, so that every recipe and seed meets the same.
 */
export function partOf<S extends ImageSet | Table>(
  data: SetParts<S> & KnownWriters & { readonly name: string },
  { whole, fold: choice }: PartChoices,
): SetParts<S> & KnownWriters {
  if (whole && data.writers !== undefined) {
    throw usageError(
      "--split-by: must not go with --whole, as the writers of test images are not told",
    );
  }
  const joined = whole && data.test !== data.train && data.test !== undefined;
  const all = joined ? joinSets(data.train, data.test) : data.train;
  if (choice === undefined) return whole ? { train: all, test: undefined } : data;
  const { fold, of } = choice;
  if (all.count < of) {
    throw usageError(`--fold: ${data.name} must have an image a part, got ${all.count} for ${of}`);
  }
  const { writers } = data;
  const folds = kFolds(all.labels, { folds: of, random: new Random(0), groups: writers });
  const { train, held } = folds[fold - 1]!;
  return {
    train: subset(all, train),
    test: subset(all, held),
    ...(writers && { writers: Int32Array.from(train, (i) => writers[i]!) }),
  };
}

/** Both sets as one, the images of `first` before those of `second`. */
function joinSets<S extends ImageSet | Table>(first: S, second: S): S {
  if (!isImageSet(first) || !isImageSet(second)) {
    throw usageError("--whole: is for images, got tables; join their files");
  }
  const images = new Uint8Array(first.images.length + second.images.length);
  images.set(first.images);
  images.set(second.images, first.images.length);
  const labels = new Int32Array(first.count + second.count);
  labels.set(first.labels);
  labels.set(second.labels, first.count);
  return { ...first, count: first.count + second.count, images, labels };
}
