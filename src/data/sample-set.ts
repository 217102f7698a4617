import { ShapeError } from "../base/index.js";
import { type ImageSet, imageAt } from "./image-set.js";
import { columnRows, type Table } from "./table/table.js";
import { writePixels } from "./write-pixels.js";

/** Labelled rows of numbers, such as a table's once it has been prepared. */
export interface FeatureSet {
  readonly count: number;
  /** What each number of a row is, in order. */
  readonly features: readonly string[];
  /** `[count, features]` */
  readonly values: Float32Array;
  /** Index into `classes` per row, `[count]`. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/** What a model learns from and is measured on: images, bytes each, or rows of numbers. */
export type SampleSet = ImageSet | FeatureSet;

export function isImageSet(set: SampleSet | Table): set is ImageSet {
  return "images" in set;
}

/** Of one sample as models take it: `[height, width, channels]` or `[features]`. */
export function sampleShape(set: SampleSet): number[] {
  return isImageSet(set) ? [set.height, set.width, set.channels] : [set.features.length];
}

/** Numbers of one sample. */
function sampleSize(set: SampleSet): number {
  return isImageSet(set) ? set.height * set.width * set.channels : set.features.length;
}

/**
 * Writes samples from `start` up to `end`, or up to the last, as models take them: bytes of images
 * divided by 255, numbers as they are.
 *
 * @param target - gets the values, from `to` on
 * @returns how many samples there were
 */
export function writeSamples(
  set: SampleSet,
  { start, end }: { readonly start: number; readonly end: number },
  target: { [index: number]: number },
  to = 0,
): number {
  const last = Math.min(end, set.count);
  const size = sampleSize(set);
  if (isImageSet(set)) writePixels(set.images.subarray(start * size, last * size), target, to);
  else for (let i = start * size, at = to; i < last * size; i++) target[at++] = set.values[i];
  return last - start;
}

/** The samples at `indices`, in that order; an index may occur more than once. Copies. */
export function subset<S extends SampleSet | Table>(set: S, indices: ArrayLike<number>): S;
export function subset(set: SampleSet | Table, indices: ArrayLike<number>): SampleSet | Table {
  const { count } = set;
  const labels = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new ShapeError(`subset: an index must be from 0 to ${count - 1}, got ${index}`);
    }
    labels[i] = set.labels[index];
  }
  const common = { count: indices.length, labels };
  if ("columns" in set) {
    const columns = set.columns.map((column) => columnRows(column, indices));
    return {
      ...set,
      ...common,
      columns,
      rowNumbers: Int32Array.from(indices, (i) => set.rowNumbers[i]),
    };
  }
  const size = sampleSize(set);
  if (isImageSet(set)) {
    const images = new Uint8Array(indices.length * size);
    for (let i = 0; i < indices.length; i++) images.set(imageAt(set, indices[i]), i * size);
    return { ...set, ...common, images };
  }
  const values = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    values.set(set.values.subarray(indices[i] * size, (indices[i] + 1) * size), i * size);
  }
  return { ...set, ...common, values };
}
