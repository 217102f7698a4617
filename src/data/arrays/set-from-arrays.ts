import type { DataFile, DataSet, ImageSet } from "../image-set.js";
import { type ArraysMeaning, imagesFromArrays, type UnnamedImages } from "./images-from-arrays.js";
import type { NumericArray } from "./numeric-array.js";
import { type ArrayPair, pairArrays } from "./pair-arrays.js";

/** Arrays by name: those of an npz or MATLAB file, or of several npy files. */
export interface NamedArrays {
  /** What to call them together in errors. */
  readonly source: string;
  readonly names: readonly string[];
  /** Called once for each array that is needed. */
  read(name: string): Promise<NumericArray>;
  /** Whether MATLAB wrote them: its exercises count digits 1 to 10 and store images by columns. */
  readonly isMatlab?: boolean;
}

/**
 * Makes a data set of arrays with names that tell what they are: see {@link pairArrays}.
 *
 * Classes are called after the labels, `0` up to the greatest of both parts. A single part is training
 * and test set alike. Images are taken to be framed as MNIST's are.
 *
 * In a MATLAB file a label 10 stands for 0 where labels run from 1 to 10, and square images that are
 * rows of a matrix `X` with labels `y` were unrolled column by column, as MATLAB's `X(:)` does: the
 * layout of the exercises of Andrew Ng's course (ex3data1.mat, ex4data1.mat). Matrices of other names
 * hold MNIST's own row-by-row order.
 */
export async function setFromArrays(
  arrays: NamedArrays,
  { name, files }: { readonly name: string; readonly files: readonly DataFile[] },
): Promise<DataSet> {
  const pairs = pairArrays(arrays.names, arrays.source);
  const train = await readPair(arrays, pairs.train);
  const test = pairs.test && (await readPair(arrays, pairs.test));
  let greatest = 0;
  for (const part of [train, test ?? train]) {
    for (const label of part.labels) if (label > greatest) greatest = label;
  }
  const classes = Array.from({ length: greatest + 1 }, (_, label) => String(label));
  const named = ({ notes: _, ...part }: UnnamedImages): ImageSet => ({ ...part, classes });
  const trainSet = named(train);
  const notes = new Set([...train.notes, ...(test?.notes ?? [])]);
  return {
    name,
    train: trainSet,
    test: test ? named(test) : trainSet,
    files,
    framing: "mnist",
    fromPictures: false,
    ...(notes.size > 0 && { notes: [...notes] }),
  };
}

async function readPair(arrays: NamedArrays, pair: ArrayPair): Promise<UnnamedImages> {
  const { source, isMatlab = false } = arrays;
  const isExercise = isMatlab && pair.images === "X" && pair.labels === "y";
  const meaning: ArraysMeaning = { tenIsZero: isMatlab, byColumns: isExercise };
  return imagesFromArrays(
    {
      images: await arrays.read(pair.images),
      labels: await arrays.read(pair.labels),
      imagesName: `${source}: ${pair.images}`,
      labelsName: `${source}: ${pair.labels}`,
    },
    meaning,
  );
}
