import type { Random } from "../../base/index.js";
import { onPage, type PageStroke } from "./page.js";
import { syntheticGlyph } from "./synthetic-glyph.js";

/** Where a page ends, in page units. */
export interface PageEdges {
  readonly left: number;
  readonly right: number;
}

/** Between a neighbour's ink and the character, in page units. */
const LEAST_GAP = 0.12;
/** Most of a neighbour that the picture shows, as a share of its width. */
const MOST_SHOWN = 0.5;

/** Other digits beside the character, of which the picture shows a part: first one on the right, then one on the left. */
export function neighbours(
  count: number,
  { left, right }: PageEdges,
  random: Random,
): PageStroke[] {
  return Array.from({ length: Math.min(2, count) }, (_, i) => {
    const glyph = syntheticGlyph(String(random.integer(10)), random);
    const strokes = onPage(glyph, random.between(0, 0.2));
    const xs = strokes.flatMap((stroke) => stroke.filter((_, k) => k % 2 === 0));
    const room = Math.max(0.03, (i === 0 ? right : -left) - 0.5 - LEAST_GAP);
    const most = MOST_SHOWN * (Math.max(...xs) - Math.min(...xs));
    const shown = Math.min(room, most, random.between(0.05, 0.3));
    const x = i === 0 ? right - shown - Math.min(...xs) : left + shown - Math.max(...xs);
    const y = random.between(-0.12, 0.12);
    return strokes.map((stroke) => stroke.map((value, k) => value + (k % 2 === 0 ? x : y)));
  }).flat();
}
