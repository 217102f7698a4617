import { type Box, lengthOf, type Plane, resample } from "../data/index.js";

/** Pixels of the longer side at which edges are looked at; finer grain is averaged away. */
const SCALE = 40;
/** Ink from which a pixel is inside, as a share of the strongest. */
const INSIDE = 0.25;
/** What is around the box belongs to its edges: so much of its longer side. */
const MARGIN = 0.1;
/** Edges are narrower than this share of the glyph: an 8×8 image enlarged reaches 0.27, a round spot of light 1.2. */
const SOFTEST = 0.3;
/** Light fills narrow pictures lengthwise: the glyph counts as no longer than so many breadths. */
const BREADTHS = 2;

/**
 * Whether what is in the box is bounded by edges, as ink is and light is not.
 *
 * Where the ink rises evenly over a width r along a boundary of length P, `Σ|∇ink|² = P/r`,
 * whatever its shape. A spot of light whose brightness is normally distributed has an r as long
 * as itself; ink has r well below its length, enlarged and blurred as it may be. The width of a
 * pixel is taken off r, as no edge can be sharper.
 */
export function hasEdges(ink: Plane, box: Box): boolean {
  const { width, height, data } = closeUp(ink, box);
  const full = data.reduce((most, value) => Math.max(most, value), 0);
  let slope = 0;
  let boundary = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = data[at] / full;
      const right = x + 1 < width ? data[at + 1] / full : here;
      const below = y + 1 < height ? data[at + width] / full : here;
      slope += (right - here) ** 2 + (below - here) ** 2;
      const inside = here >= INSIDE;
      boundary += Number(inside !== right >= INSIDE) + Number(inside !== below >= INSIDE);
    }
  }
  const breadth = Math.min(ink.width, ink.height);
  const share = Math.min(1, (BREADTHS * breadth) / lengthOf(box));
  const length = Math.min(SCALE, lengthOf(box)) * share;
  return boundary > 0 && boundary / slope - 1 < SOFTEST * length;
}

/** The box and a margin around it, no larger than {@link SCALE} asks for. */
function closeUp(ink: Plane, box: Box): Plane {
  const length = lengthOf(box);
  const margin = Math.ceil(MARGIN * length);
  const wide: Box = {
    left: Math.max(0, box.left - margin),
    top: Math.max(0, box.top - margin),
    right: Math.min(ink.width, box.right + margin),
    bottom: Math.min(ink.height, box.bottom + margin),
  };
  const size = Math.max(1, length / SCALE);
  const columns = Math.max(1, Math.round((wide.right - wide.left) / size));
  const rows = Math.max(1, Math.round((wide.bottom - wide.top) / size));
  return resample(
    ink,
    wide,
    { start: wide.left, size: (wide.right - wide.left) / columns, count: columns },
    { start: wide.top, size: (wide.bottom - wide.top) / rows, count: rows },
  );
}
