import { type ImageSet, imageAt } from "./image-set.js";

/** Grey pixels, `[height, width]`, ready for a PNG. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Draws an image of a set, in grey, with its upper left corner at `(left, top)`. */
export function drawImage(
  set: ImageSet,
  index: number,
  { onto, left, top }: { readonly onto: GreyPicture; readonly left: number; readonly top: number },
): void {
  const { width, height, channels } = set;
  const image = imageAt(set, index);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = (y * width + x) * channels;
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += image[source + channel];
      onto.pixels[(top + y) * onto.width + left + x] = Math.round(sum / channels);
    }
  }
}
