import { ShapeError } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";

/**
 * Sets of images of one size as one, in their order. Classes are those of the set that has most; the
 * others' must be the same as far as they go.
 *
 * @param sets - at least one
 */
export function joinImages(sets: readonly ImageSet[]): ImageSet {
  const [first] = sets;
  const { height, width, channels } = first;
  for (const set of sets) {
    if (set.height === height && set.width === width && set.channels === channels) continue;
    throw new ShapeError(
      `joinImages: images must be [${height}, ${width}, ${channels}] as the first, got [${set.height}, ${set.width}, ${set.channels}]`,
    );
  }
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const images = new Uint8Array(count * height * width * channels);
  const labels = new Int32Array(count);
  let at = 0;
  let { classes } = first;
  for (const set of sets) {
    images.set(set.images, at * height * width * channels);
    labels.set(set.labels, at);
    at += set.count;
    if (set.classes.length > classes.length) classes = set.classes;
  }
  return { count, height, width, channels, images, labels, classes };
}
