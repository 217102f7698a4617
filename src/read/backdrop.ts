import type { Picture } from "../data/index.js";
import { luma } from "./luminance.js";
import { otsu, quantile } from "./otsu.js";

/** Levels that must lie between light and dark for a picture to hold both paper and ink. */
const TWO_TONES = 64;
/** Share of its bounding box that what can be seen must fill to be a card rather than a glyph. */
const CARD_FILL = 0.75;
/** At most this many samples a side are looked at. */
const GRID = 128;

/**
 * What to lay behind the transparent parts of a picture: a luminance from 0 to 255.
 *
 * Where the paper is see-through, dark ink needs white behind it and light ink black. Where
 * paper and ink are both there, on a card with round corners say, the corners must look like
 * the paper. Opaque pictures have nothing to see through; the answer is then of no effect.
 */
export function backdropOf(picture: Picture): number {
  const { width, height, data } = picture;
  const stride = Math.ceil(Math.max(width, height) / GRID);
  const histogram = new Float64Array(256);
  let seen = 0;
  let weight = 0;
  let moment = 0;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const at = 4 * (y * width + x);
      const alpha = data[at + 3];
      const level = luma(data[at], data[at + 1], data[at + 2]);
      histogram[level] += alpha;
      weight += alpha;
      moment += alpha * level;
      if (alpha < 128) continue;
      seen++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const samples = ((right - left) / stride + 1) * ((bottom - top) / stride + 1);
  if (seen > CARD_FILL * samples && otsu(histogram).contrast >= TWO_TONES) {
    return quantile(histogram);
  }
  return moment < 128 * weight ? 255 : 0;
}
