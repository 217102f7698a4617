import type { Plane } from "../data/index.js";

/**
 * Closing by a square: the lowest of the highest values around every pixel. What is dark and narrower
 * than the square vanishes, edges of what is wider stay where they are.
 *
 * Rows, then columns, each in three comparisons a pixel whatever the square (van Herk 1992).
 *
 * @param side - of the square, in pixels; odd
 */
export function closing(plane: Plane, side: number): Plane {
  return extreme(extreme(plane, side, Math.max), side, Math.min);
}

/** Opening by a square: what is light and narrower than the square vanishes. */
export function opening(plane: Plane, side: number): Plane {
  return extreme(extreme(plane, side, Math.min), side, Math.max);
}

type Choice = (a: number, b: number) => number;

function extreme({ width, height, data }: Plane, side: number, choose: Choice): Plane {
  const across = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    slide(data, across, { start: y * width, step: 1, count: width }, side, choose);
  }
  const both = new Float32Array(data.length);
  for (let x = 0; x < width; x++) {
    slide(across, both, { start: x, step: width, count: height }, side, choose);
  }
  return { width, height, data: both };
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The choice among `side` values around each; beyond the ends there are none. */
function slide(
  from: Float32Array,
  to: Float32Array,
  { start, step, count }: Line,
  side: number,
  choose: Choice,
): void {
  const half = side >> 1;
  const padded = count + 2 * half;
  const none = choose(0, 1) === 1 ? -Infinity : Infinity;
  const ahead = new Float32Array(padded).fill(none);
  for (let i = 0; i < count; i++) ahead[i + half] = from[start + i * step];
  const back = ahead.slice();
  for (let i = 1; i < padded; i++) {
    if (i % side !== 0) ahead[i] = choose(ahead[i], ahead[i - 1]);
  }
  for (let i = padded - 2; i >= 0; i--) {
    if ((i + 1) % side !== 0) back[i] = choose(back[i], back[i + 1]);
  }
  for (let i = 0; i < count; i++) {
    to[start + i * step] = choose(back[i], ahead[i + 2 * half]);
  }
}
