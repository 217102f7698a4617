import { type Check, flag, integer, oneOf, optional, record, show } from "../schema.js";

/**
 * How a picture becomes the model's input: the contract between training and use, kept in the file.
 *
 * The model sees `[height, width, channels]`, values from 0 to 1; where the file holds steps of
 * preparation, it sees what they make of that.
 */
export interface Preprocessing {
  /**
   * `mnist`: crop to the ink, fit it into the box, place its centre in the middle, by whole pixels.
   * `emnist`: the same, but to the very middle. `none`: as it is.
   */
  readonly framing: "mnist" | "emnist" | "none";
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Longer side of the ink, in pixels; at most the shorter side of the image. */
  readonly box: number;
  /** What goes to the middle: the centre of mass of the ink or of its bounding box. */
  readonly center: "mass" | "box";
  /** Values of a black and of a white pixel: bytes are divided by 255. */
  readonly range: readonly [0, 1];
  /** Of the images the model was trained on, as they came: a picture is made to look like them. */
  readonly ink: "bright" | "dark";
  /** Whether those images had rows and columns exchanged, so that a picture's must be too. */
  readonly transposed?: boolean;
}

/**
 * The contract MNIST's images were made by, at any size: the ink fills 20 of 28 pixels, its centre
 * of mass stands in the middle.
 *
 * @param size - of the model's input, in pixels; 28×28 if not said
 */
export function mnistFraming(size: { width: number; height: number } = MNIST_SIZE): Preprocessing {
  const { width, height } = size;
  const box = Math.round((20 / 28) * Math.min(width, height));
  return { framing: "mnist", width, height, box, center: "mass", range: [0, 1], ink: "bright" };
}

/**
 * The contract EMNIST's images were made by, at any size: the ink's box fills all but 2 of 28 pixels on
 * either side and stands in the middle (Cohen et al. 2017, section II.B). The recipe smooths the scan
 * by 1 of its 128 pixels first, less than a pixel of the result, which is the mean of what it covers.
 */
export function emnistFraming(size: { width: number; height: number } = MNIST_SIZE): Preprocessing {
  const box = Math.round((24 / 28) * Math.min(size.width, size.height));
  return { ...mnistFraming(size), framing: "emnist", box, center: "box" };
}

/** Pictures brought to the model's size as a whole, for images that were not made as MNIST's were. */
export function noFraming(size: { width: number; height: number }): Preprocessing {
  const box = Math.min(size.width, size.height);
  return { ...mnistFraming(size), framing: "none", box, center: "box" };
}

const MNIST_SIZE = { width: 28, height: 28 };

const extent = integer(1, 4096);

const fieldsCheck = record({
  framing: oneOf("mnist", "emnist", "none"),
  width: extent,
  height: extent,
  box: extent,
  center: oneOf("mass", "box"),
  range: (value, name) =>
    Array.isArray(value) && value.length === 2 && value[0] === 0 && value[1] === 1
      ? undefined
      : `${name} must be [0, 1], got ${show(value)}`,
  ink: oneOf("bright", "dark"),
  transposed: optional(flag),
});

/** The fields, and that the ink's box lies within the image. */
export const preprocessingCheck: Check = (value, name) => {
  const problem = fieldsCheck(value, name);
  if (problem !== undefined) return problem;
  const { width, height, box } = value as Preprocessing;
  if (box <= Math.min(width, height)) return undefined;
  return `${name}.box must fit into the ${width} by ${height} pixels of the image, got ${box}`;
};
