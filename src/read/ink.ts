import type { Plane } from "../data/index.js";
import type { Relief } from "./ground.js";
import { evidenceLevel } from "./polarity.js";

/** Share of the ink that may be darker than what is taken for full ink. */
const ABOVE_FULL = 0.05;
/** Strength of ink, in levels, from which greys are left as they are. */
export const FULL_ENOUGH = 224;
/** Noise to subtract, in standard deviations. */
const NOISE_FLOOR = 3;

/** What stands out from the ground on one side. */
export interface Ink {
  /** Bright on 0, greys kept, full ink at 255. */
  readonly plane: Plane;
  /** From so much on it is no noise: {@link evidenceLevel} on the scale of the plane. */
  readonly evident: number;
}

/**
 * The ink alone.
 *
 * Full ink is the 95th percentile of what stands out. The noise floor is subtracted and what is
 * left is stretched, except in pictures that use the whole range anyway: those keep their values,
 * so that a clean image of a data set comes out as it went in.
 */
export function inkOf({ plane, noise }: Relief, polarity: "dark" | "light"): Ink {
  const sign = polarity === "dark" ? -1 : 1;
  const evidence = evidenceLevel(noise);
  const full = fullInk(plane, sign, evidence);
  const floor = Math.min(NOISE_FLOOR * noise, full / 4);
  const scale = 255 / ((full >= FULL_ENOUGH ? 255 : full) - floor);
  const data = new Float32Array(plane.data.length);
  for (let at = 0; at < data.length; at++) {
    data[at] = Math.min(255, Math.max(0, (sign * plane.data[at] - floor) * scale));
  }
  return { plane: { ...plane, data }, evident: (evidence - floor) * scale };
}

function fullInk(plane: Plane, sign: number, level: number): number {
  const histogram = new Uint32Array(512);
  let count = 0;
  for (let at = 0; at < plane.data.length; at++) {
    const ink = sign * plane.data[at];
    if (ink <= level) continue;
    histogram[Math.min(511, Math.round(ink))] += 1;
    count++;
  }
  let above = 0;
  let full = 511;
  while (full > 0 && (above += histogram[full]) <= ABOVE_FULL * count) full--;
  return full;
}
