import { FormatError } from "../base/index.js";
import type { IdxArray } from "./idx.js";
import type { ImageSet } from "./image-set.js";
import { transposeImages } from "./transpose-images.js";

export interface LabelledIdx {
  readonly images: IdxArray;
  readonly labels: IdxArray;
  /** What to call the two files in errors. */
  readonly imagesName: string;
  readonly labelsName: string;
}

export interface IdxMeaning {
  readonly classes: readonly string[];
  /** The label in the file that means the first class. */
  readonly firstLabel?: number;
  /** Whether the file holds every image with rows and columns exchanged. */
  readonly transposed?: boolean;
}

/**
 * Joins a file of images and a file of labels into a set.
 *
 * Images `[n, h, w]` or `[n, h, w, channels]`, labels `[n]`. Views the pixels where it can; a
 * transposed set is copied.
 */
export function imagesFromIdx(files: LabelledIdx, meaning: IdxMeaning): ImageSet {
  const { images, labels, imagesName, labelsName } = files;
  const { classes, firstLabel = 0, transposed = false } = meaning;
  const [count, rows, columns, channels = 1] = images.shape;
  const rank = images.shape.length;
  if ((rank !== 3 && rank !== 4) || rows * columns * channels === 0) {
    const got = `[${images.shape.join(", ")}]`;
    throw new FormatError(imagesName, `images must have the shape [n, height, width], got ${got}`);
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    const got = `[${labels.shape.join(", ")}]`;
    throw new FormatError(labelsName, `labels must have the shape [${count}], got ${got}`);
  }
  const indices = Int32Array.from(labels.data, (label) => label - firstLabel);
  const stray = indices.findIndex((index) => index < 0 || index >= classes.length);
  if (stray >= 0) {
    const range = `from ${firstLabel} to ${firstLabel + classes.length - 1}`;
    const got = `${labels.data[stray]} at position ${stray}`;
    throw new FormatError(labelsName, `labels must be ${range}, got ${got}`);
  }
  const stored = { count, height: rows, width: columns, channels, images: images.data };
  return {
    count,
    height: transposed ? columns : rows,
    width: transposed ? rows : columns,
    channels,
    images: transposed ? transposeImages(stored) : images.data,
    labels: indices,
    classes,
  };
}
