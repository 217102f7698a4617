import type { Box, Plane } from "./plane.js";

/** A stretch of one axis: `count` equal cells from `start`, each `size` pixels long. */
export interface Cells {
  readonly start: number;
  readonly size: number;
  readonly count: number;
}

/** The pixels a cell is made of, and how much each adds; weights add up to 1. */
interface Blend {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Samples a plane anew, `[rows.count, columns.count]`.
 *
 * A cell larger than a pixel is the mean of the area it covers, parts of pixels counted as
 * parts; a smaller one is interpolated linearly between pixel centres. What lies outside `box`
 * counts as 0.
 */
export function resample(plane: Plane, box: Box, columns: Cells, rows: Cells): Plane {
  const across = blends(columns, box.left, box.right);
  const down = blends(rows, box.top, box.bottom);
  const height = box.bottom - box.top;
  const narrow = new Float32Array(height * columns.count);
  for (let y = 0; y < height; y++) {
    const line = (box.top + y) * plane.width;
    across.forEach(({ first, weights }, column) => {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * plane.data[line + first + i];
      narrow[y * columns.count + column] = sum;
    });
  }
  const data = new Float32Array(rows.count * columns.count);
  down.forEach(({ first, weights }, row) => {
    for (let column = 0; column < columns.count; column++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += weights[i] * narrow[(first - box.top + i) * columns.count + column];
      }
      data[row * columns.count + column] = sum;
    }
  });
  return { width: columns.count, height: rows.count, data };
}

function blends({ start, size, count }: Cells, from: number, to: number): Blend[] {
  return Array.from({ length: count }, (_, cell) => {
    const left = start + cell * size;
    const weigh = size > 1 ? coverage(left, left + size) : tent(left + size / 2);
    const low = size > 1 ? Math.floor(left) : Math.floor(left + size / 2 - 0.5);
    const high = size > 1 ? Math.ceil(left + size) : low + 2;
    const first = Math.min(to, Math.max(from, low));
    const last = Math.max(first, Math.min(to, high));
    return { first, weights: Array.from({ length: last - first }, (_, i) => weigh(first + i)) };
  });
}

/** Share of a cell from `left` to `right` that pixel `i` covers. */
function coverage(left: number, right: number): (i: number) => number {
  return (i) => Math.max(0, Math.min(right, i + 1) - Math.max(left, i)) / (right - left);
}

/** Linear interpolation at `x`: what pixel `i`, whose centre is at i + ½, adds. */
function tent(x: number): (i: number) => number {
  return (i) => Math.max(0, 1 - Math.abs(i + 0.5 - x));
}
