import type { Relief } from "./ground.js";

/** Levels by which ink must differ from the ground at the very least. */
const LEAST_CONTRAST = 24;
/** The same in standard deviations of the noise. */
const BEYOND_NOISE = 5;

/** How far from the ground a pixel must be to count as evidence of ink, in levels. */
export function evidenceLevel(noise: number): number {
  return Math.max(LEAST_CONTRAST, BEYOND_NOISE * noise);
}

/**
 * On which side of the ground the ink lies: the one that stands out more, summed over all
 * pixels beyond the evidence level. `undefined` if nothing stands out at all.
 */
export function polarityOf({ plane, noise }: Relief): "dark" | "light" | undefined {
  const level = evidenceLevel(noise);
  let dark = 0;
  let light = 0;
  for (let at = 0; at < plane.data.length; at++) {
    const value = plane.data[at];
    if (value > level) light += value;
    else if (value < -level) dark -= value;
  }
  if (dark === 0 && light === 0) return undefined;
  return dark > light ? "dark" : "light";
}
