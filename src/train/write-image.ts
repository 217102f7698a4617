import type { ImageSet } from "../data/index.js";
import type { SlotView } from "../engine/index.js";

/**
 * The factor from a pixel to a model's input, which lies in [0, 1]. Rounded to float32 the product
 * is pixel / 255 for every pixel.
 */
const SCALE = 1 / 255;

/** Writes image `index` of `set`, pixels / 255, as row `row` of `inputs` (`[batch, …]`). */
export function writeImage(inputs: SlotView, row: number, set: ImageSet, index: number): void {
  const size = set.height * set.width * set.channels;
  const from = index * size;
  const to = row * size;
  for (let i = 0; i < size; i++) inputs[to + i] = set.images[from + i] * SCALE;
}
