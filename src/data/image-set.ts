/**
 * Labelled images of one size, in one block of memory.
 *
 * Ink is bright: 255 on a background of 0. Rows run from top to bottom.
 */
export interface ImageSet {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `[count, height, width, channels]` */
  readonly images: Uint8Array;
  /** Index into `classes` per image, `[count]`. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/**
 * How images were made: `mnist`, cropped to the ink, which was brought to one size and by its centre of mass
 * to the middle; `emnist`, the same but larger and by the middle of its box; `none`, otherwise, as those of clothing, which fills its image.
 */
export type ImageFraming = "mnist" | "emnist" | "none";

/** A named pair of image sets and where they came from. */
export interface DataSet {
  readonly name: string;
  readonly train: ImageSet;
  /** Absent where the source has no second part. */
  readonly test: ImageSet | undefined;
  /** The files read, so that a run can say exactly what it was trained on; none if generated. */
  readonly files: readonly DataFile[];
  /** How a picture must be prepared to look like the images; a model trained on them needs to know. */
  readonly framing: ImageFraming;
  /** Whether the images were made from pictures as they were loaded: they are inputs of a model already. */
  readonly fromPictures: boolean;
  /** What loading changed or had to assume, each in a sentence without its full stop. */
  readonly notes?: readonly string[];
  /** A number for each training image, the same for all that one person wrote; where known and asked for. */
  readonly writers?: Int32Array;
}

export interface DataFile {
  readonly name: string;
  /** Lower-case hexadecimal digest of the file as it was read. */
  readonly sha256: string;
}

/** The pixels of one image, `[height, width, channels]`; a view. */
export function imageAt({ images, height, width, channels }: ImageSet, index: number): Uint8Array {
  const size = height * width * channels;
  return images.subarray(index * size, (index + 1) * size);
}

/** The number of samples of each class, `[classes]`. */
export function countsPerClass(set: Pick<ImageSet, "labels" | "classes">): number[] {
  const counts = new Array<number>(set.classes.length).fill(0);
  for (const label of set.labels) counts[label] += 1;
  return counts;
}

/** The smallest and the largest pixel value; `[0, 0]` for an empty set. */
export function valueRange(set: ImageSet): [low: number, high: number] {
  let low = 255;
  let high = 0;
  for (const value of set.images) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 0] : [low, high];
}
