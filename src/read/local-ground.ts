import { type Plane, resample } from "../data/index.js";
import { closing, opening } from "./morphology.js";
import { shrink } from "./shrink.js";

/** Longer side at which the ground is estimated, in pixels: fine enough for the edge of a shadow. */
const SCALE = 192;
/** Strokes are narrower than this share of the picture's shorter side. */
const WIDEST = 0.22;
/** Windows in which it is looked for whether the ink is dark or light, as such shares. */
const WINDOWS = [0.06, 0.12, WIDEST];
/** What stands out by less, in levels, is no evidence of ink. */
const LEAST = 12;
/** Squares of levels a pixel, on average, that are evidence enough. */
const ENOUGH = 4;

/**
 * The ground at every pixel, whatever the light: what is left when all that is narrower than a
 * window is taken away. A shadow, wider than any stroke, stays ground up to its very edge.
 *
 * For dark ink that is the closing of the picture, for light ink its opening. Strokes are the
 * narrowest thing in a picture: the first window that takes anything away decides which it is, as
 * the gaps between strokes vanish only with larger ones.
 */
export function localGround(plane: Plane): Plane {
  const small = shrink(plane, SCALE);
  const ground = isLightOnDark(small)
    ? opening(small, windowOf(small, WIDEST))
    : closing(small, windowOf(small, WIDEST));
  return resample(
    ground,
    { left: 0, top: 0, right: ground.width, bottom: ground.height },
    { start: 0, size: ground.width / plane.width, count: plane.width },
    { start: 0, size: ground.height / plane.height, count: plane.height },
  );
}

function isLightOnDark(plane: Plane): boolean {
  for (const share of WINDOWS) {
    const side = windowOf(plane, share);
    const dark = standsOut(closing(plane, side), plane);
    const light = standsOut(plane, opening(plane, side));
    if (Math.max(dark, light) > ENOUGH) return light > dark;
  }
  return false;
}

/** The odd number of pixels nearest to a share of the shorter side. */
function windowOf({ width, height }: Plane, share: number): number {
  return 2 * Math.round((share / 2) * Math.min(width, height)) + 1;
}

/** Mean square of how far one lies above the other. */
function standsOut(higher: Plane, lower: Plane): number {
  let sum = 0;
  for (let at = 0; at < higher.data.length; at++) {
    const difference = higher.data[at] - lower.data[at];
    if (difference > LEAST) sum += difference * difference;
  }
  return sum / higher.data.length;
}
