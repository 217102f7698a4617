import type { StrokeGlyph } from "./stroke-glyph.js";

/** Straight lines in page units: the character's longer side is 1 and its middle (0, 0). */
export type PageStroke = readonly number[];

/** From page units to pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** Pixels a page unit. */
  readonly scale: number;
  /** The pixel at which the character's middle lies. */
  readonly centreX: number;
  readonly centreY: number;
  readonly cos: number;
  readonly sin: number;
}

/** @param turn - tangent of half the angle */
export function viewOf(
  width: number,
  height: number,
  at: { x: number; y: number; scale: number; turn: number },
): View {
  const { x, y, scale, turn } = at;
  const square = turn * turn;
  return {
    width,
    height,
    scale,
    centreX: x,
    centreY: y,
    cos: (1 - square) / (1 + square),
    sin: (2 * turn) / (1 + square),
  };
}

/** A point of the page in pixels. */
export function toPixels(view: View, x: number, y: number): [x: number, y: number] {
  const { scale, centreX, centreY, cos, sin } = view;
  return [centreX + scale * (cos * x - sin * y), centreY + scale * (sin * x + cos * y)];
}

/** The character slanted, brought to size 1 and around (0, 0). */
export function onPage({ strokes }: StrokeGlyph, slant: number): PageStroke[] {
  const slanted = strokes.map((stroke) =>
    stroke.map((value, i) => (i % 2 === 0 ? value - slant * stroke[i + 1] : value)),
  );
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of slanted) {
    for (let i = 0; i < stroke.length; i += 2) {
      left = Math.min(left, stroke[i]);
      right = Math.max(right, stroke[i]);
      top = Math.min(top, stroke[i + 1]);
      bottom = Math.max(bottom, stroke[i + 1]);
    }
  }
  const size = Math.max(right - left, bottom - top) || 1;
  return slanted.map((stroke) =>
    stroke.map((value, i) =>
      i % 2 === 0 ? (value - (left + right) / 2) / size : (value - (top + bottom) / 2) / size,
    ),
  );
}
