import type { Plane } from "../data/index.js";
import { enlarge } from "./enlarge.js";
import { IntegralImage } from "./integral-image.js";
import { closing, opening } from "./morphology.js";
import { shrink } from "./shrink.js";

/** Longer side at which the ground is estimated, in pixels: fine enough for the edge of a shadow. */
const SCALE = 192;
/** Strokes are narrower than this share of the picture's shorter side. */
const WIDEST = 0.22;
/** What stands out by less, in levels, is no evidence of ink. */
const LEAST = 12;

/**
 * The ground at every pixel, whatever the light: what is left when all that is narrower than a
 * window is taken away. A shadow, wider than any stroke, stays ground up to its very edge.
 *
 * For dark ink that is the closing of the picture, for light ink its opening.
 */
export function localGround(plane: Plane): Plane {
  const small = shrink(plane, SCALE);
  const side = 2 * Math.round((WIDEST / 2) * Math.min(small.width, small.height)) + 1;
  const above = closing(small, side);
  const below = opening(small, side);
  const ground = isLightOnDark(small, { above, below, side }) ? below : above;
  return enlarge(ground, plane.width, plane.height);
}

/**
 * Dark strokes stand out from what is around them, and so do the gaps between them. But gaps are as
 * light as the open paper near by, the mean of what does not stand out in the same window, and ink is not:
 * the mean distances of both from it are compared.
 */
function isLightOnDark(
  { width, height, data }: Plane,
  { above, below, side }: { above: Plane; below: Plane; side: number },
): boolean {
  const open = new IntegralImage(width, height);
  const levels = new IntegralImage(width, height);
  const standsOut = (at: number) => {
    const dark = above.data[at] - data[at];
    const light = data[at] - below.data[at];
    return Math.max(dark, light) <= LEAST ? 0 : dark > light ? -dark : light;
  };
  for (let at = 0; at < data.length; at++) {
    const isOpen = Number(standsOut(at) === 0);
    open.push(isOpen);
    levels.push(isOpen * data[at]);
  }
  const dark = { away: 0, pixels: 0 };
  const light = { away: 0, pixels: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const out = standsOut(at);
      if (out === 0) continue;
      const count = open.sumAround(x, y, side >> 1);
      if (count === 0) continue;
      const away = data[at] - levels.sumAround(x, y, side >> 1) / count;
      const group = out < 0 ? dark : light;
      group.away += out < 0 ? -away : away;
      group.pixels += 1;
    }
  }
  return light.away / Math.max(1, light.pixels) > dark.away / Math.max(1, dark.pixels);
}
