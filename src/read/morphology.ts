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
  return highest(highest(plane, side, 1), side, -1);
}

/** Opening by a square: what is light and narrower than the square vanishes. */
export function opening(plane: Plane, side: number): Plane {
  return highest(highest(plane, side, -1), side, 1);
}

/** The highest value in the square around every pixel; the lowest where `sign` is -1. */
function highest({ width, height, data }: Plane, side: number, sign: 1 | -1): Plane {
  const longest = Math.max(width, height) + side;
  const buffers: Buffers = { ahead: new Float32Array(longest), back: new Float32Array(longest) };
  const both = data.map((value) => sign * value);
  for (let y = 0; y < height; y++) {
    slide(both, { start: y * width, step: 1, count: width }, side, buffers);
  }
  for (let x = 0; x < width; x++) {
    slide(both, { start: x, step: width, count: height }, side, buffers);
  }
  for (let at = 0; at < both.length; at++) both[at] *= sign;
  return { width, height, data: both };
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

interface Buffers {
  readonly ahead: Float32Array;
  readonly back: Float32Array;
}

/** The highest among `side` values around each of a line, in place; beyond the ends there are none. */
function slide(
  data: Float32Array,
  { start, step, count }: Line,
  side: number,
  { ahead, back }: Buffers,
): void {
  const half = side >> 1;
  const padded = count + 2 * half;
  ahead.fill(-Infinity, 0, padded);
  for (let i = 0; i < count; i++) ahead[i + half] = data[start + i * step];
  back.set(ahead.subarray(0, padded));
  for (let i = 1, inBlock = 1; i < padded; i++, inBlock++) {
    if (inBlock === side) inBlock = 0;
    else if (ahead[i - 1] > ahead[i]) ahead[i] = ahead[i - 1];
  }
  for (let i = padded - 2; i >= 0; i--) {
    if ((i + 1) % side !== 0 && back[i + 1] > back[i]) back[i] = back[i + 1];
  }
  for (let i = 0; i < count; i++) {
    const first = back[i];
    const last = ahead[i + 2 * half];
    data[start + i * step] = first > last ? first : last;
  }
}
