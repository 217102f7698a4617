import type { Random } from "../../base/index.js";
import type { Plane } from "../plane.js";

/**
 * Smooth random values from -1 to 1: uniform at the knots of a lattice `cellPx` apart, in between
 * blended by `t²·(3 - 2t)` (value noise, Ebert et al. 2002).
 */
export function valueNoise(width: number, height: number, cellPx: number, random: Random): Plane {
  const columns = Math.ceil(width / cellPx) + 1;
  const rows = Math.ceil(height / cellPx) + 1;
  const knots = Float32Array.from({ length: columns * rows }, () => random.between(-1, 1));
  const column = Int32Array.from({ length: width }, (_, x) => Math.floor(x / cellPx));
  const across = Float32Array.from(column, (whole, x) => ease(x / cellPx - whole));
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cellPx);
    const down = ease(y / cellPx - row);
    for (let x = 0; x < width; x++) {
      const at = row * columns + column[x];
      const below = at + columns;
      const upper = knots[at] + across[x] * (knots[at + 1] - knots[at]);
      const lower = knots[below] + across[x] * (knots[below + 1] - knots[below]);
      data[y * width + x] = upper + down * (lower - upper);
    }
  }
  return { width, height, data };
}

/** From 0 to 1 as t goes there, flat at both ends. */
export function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
