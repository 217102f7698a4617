import { DataError, type ImageStep } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import { resample } from "../resample.js";
import { transposeImages } from "../transpose-images.js";

/** Most bytes that a step may make of a set: 2 GiB. */
const MAX_BYTES = 2 ** 31;

/** What a step looks at: the pixels of any number of images of one size. */
type Images = Pick<ImageSet, "count" | "height" | "width" | "channels" | "images">;

/**
 * Carries out steps on images, in training and in use alike, one after the other. Copies. Throws a
 * `DataError` where they would become too large.
 */
export function prepareImages<T extends Images>(set: T, steps: readonly ImageStep[]): T {
  let images: Images = set;
  for (const step of steps) images = { ...images, ...applied(images, step) };
  return { ...set, ...images };
}

function applied(set: Images, step: ImageStep): Partial<Images> {
  switch (step.type) {
    case "invert":
      return { images: set.images.map((value) => 255 - value) };
    case "transpose":
      return { height: set.width, width: set.height, images: transposeImages(set) };
    case "resize":
      return { height: step.height, width: step.width, images: resized(set, step) };
  }
}

/** Every channel of every image sampled anew, rounded to bytes; beyond an edge it goes on as at it. */
function resized(
  { count, height, width, channels, images }: Images,
  to: { readonly height: number; readonly width: number },
): Uint8Array {
  const size = count * to.height * to.width * channels;
  if (size > MAX_BYTES) {
    throw new DataError(
      `prepare: resize must make images of at most ${MAX_BYTES} bytes together, got ${size}`,
    );
  }
  const result = new Uint8Array(size);
  const plane = {
    width: width + 2,
    height: height + 2,
    data: new Float32Array((width + 2) * (height + 2)),
  };
  const whole = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  const columns = { start: 1, size: width / to.width, count: to.width };
  const rows = { start: 1, size: height / to.height, count: to.height };
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let y = 0, at = 0; y < plane.height; y++) {
        const line = (image * height + inside(y - 1, height)) * width;
        for (let x = 0; x < plane.width; x++) {
          plane.data[at++] = images[(line + inside(x - 1, width)) * channels + channel];
        }
      }
      const sampled = resample(plane, whole, columns, rows).data;
      const target = image * to.height * to.width * channels + channel;
      for (let i = 0; i < sampled.length; i++) {
        result[target + i * channels] = Math.round(sampled[i]);
      }
    }
  }
  return result;
}

function inside(index: number, size: number): number {
  return Math.min(size - 1, Math.max(0, index));
}
