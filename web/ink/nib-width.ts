import type { InkPoint } from "./stroke.js";

/** Share of the way to the new width that a nib goes from one point to the next: it spreads smoothly. */
const YIELD = 0.3;

/**
 * Width of the trace a nib leaves on its way from `last` to `(x, y)`.
 *
 * A pen that reports its pressure spreads with it, from 0.5 to 1.3 times its width at rest. For mouse
 * and finger, which report none, it spreads as a pointed nib does in a trained hand: from 0.8 times
 * on the way up to 1.1 times on the way down.
 *
 * @param nib - width at rest
 * @param pressure - 0 to 1, or `undefined` where there is none
 */
export function nibWidth(
  last: InkPoint,
  { x, y }: { readonly x: number; readonly y: number },
  nib: number,
  pressure: number | undefined,
): number {
  const length = Math.hypot(x - last.x, y - last.y);
  if (length === 0) return last.width;
  const down = (y - last.y) / length;
  const spread = pressure === undefined ? 0.95 + 0.15 * down : 0.5 + 0.8 * pressure;
  return last.width + YIELD * (nib * spread - last.width);
}
