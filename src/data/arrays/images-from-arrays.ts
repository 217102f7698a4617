import { FormatError } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import { labelsFrom } from "./labels-from-array.js";
import { type NumericArray, shapeText } from "./numeric-array.js";
import { pixelsFrom } from "./pixels-from-numbers.js";

export interface ArraysSource {
  readonly images: NumericArray;
  readonly labels: NumericArray;
  /** What to call the two arrays in errors. */
  readonly imagesName: string;
  readonly labelsName: string;
}

export interface ArraysMeaning {
  /** Whether an image that is a row of numbers is stored column by column, as MATLAB's `reshape` reads it. */
  readonly byColumns?: boolean;
  /** Whether label 10 stands for 0 where the labels run from 1 to 10. */
  readonly tenIsZero?: boolean;
}

/** A part of a set whose classes are not settled yet, as the other part may have more. */
export interface UnnamedImages extends Omit<ImageSet, "classes"> {
  /** What was changed on the way to bytes, in words, if anything was lost. */
  readonly notes: readonly string[];
}

/**
 * Makes images of an array of pixels and one of labels.
 *
 * Images `[n, h, w]`, `[n, h, w, 1 or 3]`, `[n, 1, h, w]` or rows `[n, side²]` of square images; labels
 * `[n]`, `[n, 1]`, `[1, n]` or one-hot `[n, classes]`. Where there are n labels but only the last
 * dimension is n, as MATLAB likes to stack images, that one counts the images.
 */
export function imagesFromArrays(
  { images, labels, imagesName, labelsName }: ArraysSource,
  { byColumns = false, tenIsZero = false }: ArraysMeaning = {},
): UnnamedImages {
  const indices = labelsFrom(labels, labelsName, { tenIsZero });
  const count = indices.length;
  const { shape, data } = imagesFirst(images, count);
  if (shape[0] !== count) {
    throw new FormatError(
      imagesName,
      `must have one image for each of the ${count} labels, got the shape ${shapeText(images.shape)}`,
    );
  }
  const [height, width, channels] = sizeOf(shape, imagesName);
  const { pixels, notes } = pixelsFrom(data, imagesName);
  const isFlat = shape.length === 2;
  return {
    count,
    height,
    width,
    channels,
    images: isFlat && byColumns ? transposed(pixels, width) : pixels,
    labels: indices,
    notes: isFlat && byColumns ? [...notes, "images were taken column by column"] : notes,
  };
}

/** Brings a last dimension of `count` to the front, unless the first is that already. */
function imagesFirst({ shape, data }: NumericArray, count: number): NumericArray {
  const last = shape.length - 1;
  if (last < 1 || shape[0] === count || shape[last] !== count) return { shape, data };
  const size = data.length / count;
  const result = data.slice();
  for (let i = 0; i < count; i++) {
    for (let at = 0; at < size; at++) result[i * size + at] = data[at * count + i];
  }
  return { shape: [count, ...shape.slice(0, last)], data: result };
}

/** Height, width and channels. */
function sizeOf(shape: readonly number[], name: string): [number, number, number] {
  const [, a = 0, b = 0, c = 0] = shape;
  const side = Math.round(Math.sqrt(a));
  const isImage = shape.length === 3 || (shape.length === 4 && (c === 1 || c === 3));
  if (shape.length === 2 && side > 0 && side * side === a) return [side, side, 1];
  if (isImage && a * b > 0) return [a, b, shape.length === 3 ? 1 : c];
  if (shape.length === 4 && a === 1 && b * c > 0) return [b, c, 1];
  throw new FormatError(
    name,
    `images must have the shape [n, height, width], [n, height, width, 1 or 3] or [n, pixels of a square], got ${shapeText(shape)}`,
  );
}

/** Square images of `side`, rows and columns exchanged. */
function transposed(data: Uint8Array, side: number): Uint8Array {
  const result = data.slice();
  const size = side * side;
  for (let start = 0; start < data.length; start += size) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) result[start + y * side + x] = data[start + x * side + y];
    }
  }
  return result;
}
