import type { Convolution } from "../patches.js";
import { TILE } from "./tiling.js";

/** Cost of transforming one number to or from a point, in multiply-adds of a product. */
const TRANSFORM = 3;
/** Fewer channels leave lanes of the transforms empty. */
const CHANNELS = 4;
/** Share of the direct cost that Winograd's must stay below to be worth the larger memory. */
const WORTH = 0.8;

/**
 * Whether minimal filtering makes a convolution faster; a rule of its extents alone, so that the same
 * plan always runs the same way. Counts multiply-adds; of 29 shapes tried, forward and backward, the
 * ratio it estimates is within a fifth of the one measured where there are some ten tiles.
 */
export function suitsWinograd(shape: Convolution): boolean {
  const { n, kh, kw, oh, ow, cin, cout, strides } = shape;
  if (kh !== kw || (kh !== 3 && kh !== 5) || strides.some((stride) => stride !== 1)) return false;
  if (cin < CHANNELS || cout < CHANNELS) return false;
  const tiles = n * Math.ceil(oh / TILE) * Math.ceil(ow / TILE);
  const points = (TILE + kh - 1) ** 2;
  const products = tiles * points * cin * cout;
  const transforms = TRANSFORM * points * (tiles * (cin + cout) + cin * cout);
  const direct = n * oh * ow * kh * kw * cin * cout;
  return products + transforms < WORTH * direct;
}
