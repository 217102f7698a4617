import { type Random, ShapeError } from "../../base/index.js";
import { type ImageSet, imageAt } from "../../data/index.js";
import type { Corruption } from "./corruptions.js";

/**
 * A corrupted copy of a set of grey images. Same seed, same copy, on every machine; an image is
 * moved, turned or covered the same way at every strength, only further.
 *
 * @param options.strength - one of the corruption's
 */
export function corruptedSet(
  set: ImageSet,
  {
    corruption,
    strength,
    random,
  }: { readonly corruption: Corruption; readonly strength: number; readonly random: Random },
): ImageSet {
  if (set.channels !== 1) {
    throw new ShapeError(`corruptedSet: images must be grey, got ${set.channels} channels`);
  }
  const { count, height, width } = set;
  const stream = random.fork(corruption.name);
  const images = new Uint8Array(set.images.length);
  for (let index = 0; index < count; index++) {
    const values = Float64Array.from(imageAt(set, index));
    const result = corruption.apply({ height, width, values }, strength, stream);
    const start = index * height * width;
    for (let i = 0; i < result.length; i++) {
      images[start + i] = Math.round(Math.min(255, Math.max(0, result[i])));
    }
  }
  return { ...set, images };
}
