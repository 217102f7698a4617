import { drawImage, type GreyPicture } from "../draw-image.js";
import type { ImageSet } from "../image-set.js";
import type { Leak } from "./find-leaks.js";

const GAP = 2;
const PAIR_GAP = 8;
const PAPER = 48;
/** Most pairs drawn of one comparison. */
const MOST = 60;

/** What was compared with what, and what was found. */
export interface LeakComparison {
  readonly set: ImageSet;
  readonly among: ImageSet;
  readonly leaks: readonly Leak[];
}

/**
 * A sheet to look over pairs of images that are alike: each image beside the one it is like, copies before
 * others, both from the least alike to the most, a gap between comparisons. Of many, an even selection is
 * drawn.
 */
export function leakSheet(
  comparisons: readonly LeakComparison[],
  { columns = 10 }: { readonly columns?: number } = {},
): GreyPicture {
  const chosen = comparisons.map(({ leaks, ...sets }) => ({ ...sets, leaks: selection(leaks) }));
  const sides = comparisons.flatMap(({ set, among }) => [set, among]);
  const cellWidth = Math.max(1, ...sides.map(({ width }) => width));
  const cellHeight = Math.max(1, ...sides.map(({ height }) => height));
  const pairWidth = 2 * cellWidth + GAP + PAIR_GAP;
  const rowHeight = cellHeight + GAP;
  const rows = chosen.reduce((sum, { leaks }) => sum + Math.ceil(leaks.length / columns), 0);
  const width = columns * pairWidth + PAIR_GAP;
  const height = rows * rowHeight + (chosen.length + 1) * PAIR_GAP;
  const sheet = { width, height, pixels: new Uint8Array(width * height).fill(PAPER) };
  let top = PAIR_GAP;
  for (const { set, among, leaks } of chosen) {
    for (const [index, { image, other }] of leaks.entries()) {
      const left = PAIR_GAP + (index % columns) * pairWidth;
      const y = top + Math.floor(index / columns) * rowHeight;
      drawImage(set, image, { onto: sheet, left, top: y });
      drawImage(among, other, { onto: sheet, left: left + cellWidth + GAP, top: y });
    }
    top += Math.ceil(leaks.length / columns) * rowHeight + PAIR_GAP;
  }
  return sheet;
}

function selection(leaks: readonly Leak[]): Leak[] {
  const rising = leaks.toSorted((a, b) => a.similarity - b.similarity);
  const copies = evenly(
    rising.filter(({ standsOut }) => standsOut),
    MOST,
  );
  const others = rising.filter(({ standsOut }) => !standsOut);
  return [...copies, ...evenly(others, MOST - copies.length)];
}

/** At most `most` of a list, evenly spaced. */
function evenly<T>(list: readonly T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]);
}
