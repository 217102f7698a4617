import type { Convolution } from "../patches.js";
import { MAX_POINTS, type TileTransforms, type Transforms, transformsOf } from "./transforms.js";

/** Cost of transforming one number to or from one point of a row, in multiply-adds of a product. */
const TRANSFORM = 3 / 16;
/** The same of a filter, each number of which lies far from the next; twice that beyond the second cache. */
const FILTER_TRANSFORM = 1 / 2;
/** Words of a filter at points that the second cache holds. */
const CACHED_WORDS = 262_144;
/** Fewer channels leave lanes of the transforms empty. */
const CHANNELS = 4;
/** Share of the direct cost that Winograd's must stay below to be worth the larger memory. */
const WORTH = 0.8;
/**
 * Growth of rounding errors allowed in two dimensions: with it the greatest error of a convolution or
 * a gradient, in parts of the array's greatest number, stays below 1e-4.
 */
const GROWTH = 2900;

const transforms = new Map(
  [3, 5].map((taps) => {
    const all: Transforms[] = [];
    for (let points = 6; points <= MAX_POINTS; points++) {
      all.push(transformsOf(points - taps + 1, taps));
    }
    return [taps, all];
  }),
);

/**
 * The tiles by which minimal filtering makes a convolution fastest, `undefined` where it does not; a
 * rule of the plan alone, so that it always runs the same way. Counts multiply-adds.
 *
 * @param transformsFor - how often the filter or its gradient is transformed in a step, by the tiles
 */
export function tilesFor(
  shape: Convolution,
  transformsFor: (tiles: number) => number,
): TileTransforms | undefined {
  const { n, kh, kw, oh, ow, cin, cout, strides } = shape;
  const candidates = transforms.get(kh);
  if (candidates === undefined || kh !== kw || strides.some((stride) => stride !== 1)) return;
  if (cin < CHANNELS || cout < CHANNELS) return;
  let best: TileTransforms | undefined;
  let least = WORTH * n * oh * ow * kh * kw * cin * cout;
  for (const down of candidates) {
    for (const across of candidates) {
      if (down.growth * across.growth > GROWTH) continue;
      const tiles = n * Math.ceil(oh / down.outputs) * Math.ceil(ow / across.outputs);
      const points = down.points * across.points;
      const ofFilter = FILTER_TRANSFORM * (points * cin * cout > CACHED_WORDS ? 2 : 1);
      const perPoint =
        tiles * (TRANSFORM * (cin + cout)) + transformsFor(tiles) * (ofFilter * cin * cout);
      const cost = points * (tiles * cin * cout + (down.points + across.points) * perPoint);
      if (cost < least) [best, least] = [{ down, across }, cost];
    }
  }
  return best;
}
