import type { Box, Plane } from "./plane.js";

/** The least rise at an edge, as a share of full ink. */
const SHARP = 0.5;
/** The width of a broad stroke, as a share of the glyph's longer side. */
const STROKE = 1 / 6;
/** Share of the box's pixels that must lie on a sharp edge. */
const LEAST_EDGE = 0.01;

/**
 * Whether what is in the box has edges, as ink has and light has not: here and there the ink must
 * rise by half its strength within the width of a stroke, across or down.
 */
export function hasEdges({ width, height, data }: Plane, box: Box): boolean {
  const length = Math.max(box.right - box.left, box.bottom - box.top);
  const reach = Math.max(1, Math.round((length * STROKE) / 2));
  const stride = Math.max(1, Math.floor(length / 64));
  let edges = 0;
  let samples = 0;
  const at = (x: number, y: number): number =>
    data[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))];
  for (let y = box.top; y < box.bottom; y += stride) {
    for (let x = box.left; x < box.right; x += stride) {
      const across = Math.abs(at(x + reach, y) - at(x - reach, y));
      const down = Math.abs(at(x, y + reach) - at(x, y - reach));
      if (Math.max(across, down) >= SHARP * 255) edges++;
      samples++;
    }
  }
  return edges >= LEAST_EDGE * samples;
}
