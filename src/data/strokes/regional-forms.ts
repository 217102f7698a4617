import type { Random } from "../../base/index.js";
import type { StrokeGlyph } from "../scenes/stroke-glyph.js";

type Strokes = StrokeGlyph["strokes"];

/** How often a character that can be written so is. */
const SHARE = {
  slashedZero: 0.1,
  crossedSeven: 0.25,
  crossedZ: 0.2,
  flaggedOne: 0.25,
  footedOne: 0.3,
};

/**
 * Gives some characters a form that is usual elsewhere: 0 a slash, 7 and Z a bar, 1 an
 * upstroke, some with a foot. Others stay as they are.
 */
export function regionalForm({ label, strokes }: StrokeGlyph, random: Random): Strokes {
  const chance = random.uniform();
  const box = boxOf(strokes);
  if (label === "0" && chance < SHARE.slashedZero) {
    return [...strokes, slash(box, random)];
  }
  // Of more strokes than one, one may be the bar.
  if (label === "7" && strokes.length === 1 && chance < SHARE.crossedSeven) {
    return [...strokes, bar(strokes, box, random)];
  }
  if (/^z$/i.test(label) && strokes.length === 1 && chance < SHARE.crossedZ) {
    return [...strokes, bar(strokes, box, random)];
  }
  if (label === "1" && strokes.length === 1 && chance < SHARE.flaggedOne && isStraight(box)) {
    const flagged = [upstroke(strokes[0], box, random), ...strokes];
    return random.uniform() < SHARE.footedOne
      ? [...flagged, foot(strokes[0], box, random)]
      : flagged;
  }
  return strokes;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(strokes: Strokes): Box {
  const xs = strokes.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 0));
  const ys = strokes.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 1));
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function isStraight({ width, height }: Box): boolean {
  return width < 0.35 * height;
}

/** From the lower left to the upper right, ending inside of the ring or outside. */
function slash({ left, top, width, height }: Box, random: Random): number[] {
  const reach = random.between(0.3, 0.65);
  const [x, y] = [left + width / 2, top + height / 2];
  return [x - reach * width, y + reach * height, x + reach * width, y - reach * height];
}

/** Across the path where it passes the middle. */
function bar(strokes: Strokes, { top, width, height }: Box, random: Random): number[] {
  const y = top + height * random.between(0.42, 0.62);
  const x = crossing(strokes[0], y);
  const half = width * random.between(0.2, 0.4);
  const rise = half * random.between(-0.3, 0.3);
  return [x - half, y + rise, x + half, y - rise];
}

/** Where a path passes the height `y` last, or ends. */
function crossing(points: readonly number[], y: number): number {
  for (let i = points.length - 2; i >= 2; i -= 2) {
    const [x0, y0, x1, y1] = points.slice(i - 2, i + 2);
    if (y0 <= y !== y1 <= y) return x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
  }
  return points.at(-2) ?? 0;
}

/** Up to where a straight 1 begins, from as far down as its foot. */
function upstroke([x, y]: readonly number[], { height }: Box, random: Random): number[] {
  const along = height * random.between(0.12, 0.5);
  return [x - along, y + height * random.between(0.12, 0.85), x, y];
}

/** The short line that a 1 stands on. */
function foot(stroke: readonly number[], { top, height }: Box, random: Random): number[] {
  const x = crossing(stroke, top + 0.98 * height);
  const half = height * random.between(0.12, 0.3);
  const y = top + height;
  return [x - half, y, x + half, y + height * random.between(-0.04, 0.04)];
}
