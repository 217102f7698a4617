import type { Plane } from "../data/index.js";
import { LineVotes, type VotedLine } from "./line-votes.js";

/** A plane seen row by row or column by column. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Distance in `data` from a place to the next along its row, and to the one below. */
  readonly along: number;
  readonly down: number;
}

/** Pixels that are ink, 1, or not, 0: `[height, width]`. */
interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A straight line `y = at + slope·x` for x from `from` up to, but without, `to`, in pixels. */
export interface StraightLine {
  readonly at: number;
  readonly slope: number;
  readonly from: number;
  readonly to: number;
}

/** Longer side at which lines are looked for. */
const SCALE = 200;
/** Steepest line: a page turned by 20 degrees. */
const STEEPEST = 0.37;
/** Shortest line that can be told from a curve, in pixels of the small mask. */
const SHORTEST = 20;
/** Longest gap in a line, as a share of the picture's width: a stroke that crosses leaves none. */
const GAP = 0.05;
/** Most lines of one direction: squared paper has a dozen. */
const MOST = 16;
/** A line on the small mask is no thicker than this share of its shorter side. */
const THICKEST = 0.05;
/** Pictures smaller than this have no room for lines as thin beside a character, in pixels. */
const LEAST_SIDE = 40;

/**
 * The straight thin lines that run more across than down, longest first: the line with most votes of
 * {@link LineVotes} is followed to its ends, its pixels are taken out, and the next is looked for, in
 * the same direction.
 *
 * @param options.level - ink from which a pixel may belong to a line
 * @param options.shortest - pixels a line is long, at least
 */
export function findLines(
  view: View,
  options: { readonly level: number; readonly shortest: number },
): StraightLine[] {
  const factor = Math.max(1, Math.ceil(Math.max(view.width, view.height) / SCALE));
  const mask = pooled(view, options.level, factor);
  const { width, height } = mask;
  if (Math.min(width, height) < LEAST_SIDE) return [];
  const shortest = Math.max(SHORTEST, options.shortest / factor);
  // Pooling adds up to a pixel.
  const thickest = 1 + THICKEST * Math.min(width, height);
  const lines: StraightLine[] = [];
  const votes = new LineVotes(mask, { steepest: STEEPEST });
  const rest = { ...mask, data: mask.data.slice() };
  while (lines.length < MOST) {
    const best = votes.most();
    if (best.votes < shortest) break;
    const [from, to] = longestRun(rest, best);
    const isThin = thicknessOf(mask, best, from, to) <= thickest;
    votes.takeOut(best);
    takeOut(rest, best);
    if (to - from < shortest || !isThin) continue;
    const { at, slope } = best;
    lines.push({
      at: (at + 0.5) * factor - 0.5,
      slope,
      from: from * factor,
      to: Math.min(view.width, to * factor),
    });
    votes.keepTo(slope);
  }
  return lines;
}

/** A plane as it is, rows along x. */
export function viewOf({ width, height, data }: Plane): View {
  return { width, height, data, along: 1, down: width };
}

/** Rows and columns exchanged; nothing is copied. */
export function transposed({ width, height, data, along, down }: View): View {
  return { width: height, height: width, data, along: down, down: along };
}

/** One pixel for a square of them: ink if any is. */
function pooled(view: View, level: number, factor: number): Mask {
  const width = Math.ceil(view.width / factor);
  const height = Math.ceil(view.height / factor);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < view.height; y++) {
    const row = Math.floor(y / factor) * width;
    let at = y * view.down;
    for (let x = 0; x < view.width; x++, at += view.along) {
      if (view.data[at] >= level) data[row + Math.floor(x / factor)] = 1;
    }
  }
  return { width, height, data };
}

/** The ink of column x within a pixel of the line. */
function isOn({ width, height, data }: Mask, { at, slope }: VotedLine, x: number): boolean {
  const y = Math.round(at + slope * x);
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    if (data[row * width + x] === 1) return true;
  }
  return false;
}

function longestRun(mask: Mask, line: VotedLine): [from: number, to: number] {
  const gap = Math.max(1, GAP * mask.width);
  let best: [number, number] = [0, 0];
  let from = 0;
  let last = -1;
  for (let x = 0; x < mask.width; x++) {
    if (!isOn(mask, line, x)) continue;
    if (last < 0 || x - last > gap) from = x;
    last = x;
    if (last + 1 - from > best[1] - best[0]) best = [from, last + 1];
  }
  return best;
}

/** Median height of the ink on the line, in pixels. */
function thicknessOf(mask: Mask, { at, slope }: VotedLine, from: number, to: number): number {
  const { width, height, data } = mask;
  const heights: number[] = [];
  for (let x = from; x < to; x++) {
    let top = Math.round(at + slope * x);
    if (top < 0 || top >= height || data[top * width + x] === 0) continue;
    let bottom = top;
    while (top > 0 && data[(top - 1) * width + x] === 1) top--;
    while (bottom + 1 < height && data[(bottom + 1) * width + x] === 1) bottom++;
    heights.push(bottom + 1 - top);
  }
  return heights.sort((a, b) => a - b)[heights.length >> 1] ?? 0;
}

function takeOut(mask: Mask, { at, slope }: VotedLine): void {
  const { width, height, data } = mask;
  for (let x = 0; x < width; x++) {
    const y = Math.round(at + slope * x);
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
      data[row * width + x] = 0;
  }
}
