import type { Random } from "../../base/index.js";
import type { StrokeGlyph } from "../scenes/stroke-glyph.js";

type Strokes = StrokeGlyph["strokes"];

/** How often a character is drawn so, and how often the strokes of a digit then hang together. */
const SHARE = { coarse: 0.1, joined: 0.3 };

/**
 * Draws some characters as coarse tablets and mice record them: each stroke in four to nine straight pieces,
 * strokes of digits sometimes without the pen being lifted. Others stay as they are.
 */
export function coarsePath(label: string, strokes: Strokes, random: Random): Strokes {
  if (random.uniform() >= SHARE.coarse) return strokes;
  const pieces = 4 + random.integer(6);
  const straight = strokes.map((stroke) => resampled(stroke, pieces));
  const isJoined = /\d/.test(label) && random.uniform() < SHARE.joined;
  return isJoined ? [straight.flat()] : straight;
}

/** Points of a path at equal distances along it, ends included. */
function resampled(points: readonly number[], pieces: number): readonly number[] {
  const lengths = [0];
  for (let i = 2; i < points.length; i += 2) {
    const dx = points[i] - points[i - 2];
    const dy = points[i + 1] - points[i - 1];
    lengths.push(lengths[lengths.length - 1] + Math.sqrt(dx * dx + dy * dy));
  }
  const total = lengths[lengths.length - 1];
  if (total === 0) return points;
  const chosen: number[] = [];
  let at = 1;
  for (let k = 0; k <= pieces; k++) {
    const goal = (total * k) / pieces;
    while (at < lengths.length - 1 && lengths[at] < goal) at += 1;
    const step = lengths[at] - lengths[at - 1];
    const share = step > 0 ? Math.min(1, (goal - lengths[at - 1]) / step) : 0;
    for (const axis of [0, 1]) {
      const before = points[2 * at - 2 + axis];
      chosen.push(before + share * (points[2 * at + axis] - before));
    }
  }
  return chosen;
}
