import type { Plane } from "../data/index.js";

/** Pixels that are ink, 1, or not, 0: `[height, width]`. */
export interface Mask {
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
 * The straight thin lines that run more across than down, longest first.
 *
 * Every ink pixel votes for all lines through it (Hough transform in slope and intercept, Duda and
 * Hart 1972); the line with most votes is followed to its ends, its pixels are taken out, and the next is
 * looked for, in the same direction.
 *
 * @param options.shortest - pixels a line is long, at least
 */
export function findLines(mask: Mask, options: { readonly shortest: number }): StraightLine[] {
  const factor = Math.max(1, Math.ceil(Math.max(mask.width, mask.height) / SCALE));
  const small = pooled(mask, factor);
  const whole = { ...small, data: small.data.slice() };
  const { width, height } = small;
  if (Math.min(width, height) < LEAST_SIDE) return [];
  const shortest = Math.max(SHORTEST, options.shortest / factor);
  // Pooling adds up to a pixel.
  const thickest = 1 + THICKEST * Math.min(width, height);
  const lines: StraightLine[] = [];
  const steps = Math.ceil((STEEPEST * width) / 2);
  let slopes = Array.from({ length: 2 * steps + 1 }, (_, i) => (2 * (i - steps)) / width);
  while (lines.length < MOST) {
    const best = mostVoted(small, slopes);
    if (best === undefined || best.votes < shortest) break;
    const [from, to] = longestRun(small, best);
    const isThin = thicknessOf(whole, best, from, to) <= thickest;
    takeOut(small, best);
    if (to - from < shortest || !isThin) continue;
    const { at, slope } = best;
    lines.push({
      at: (at + 0.5) * factor - 0.5,
      slope,
      from: from * factor,
      to: Math.min(mask.width, to * factor),
    });
    slopes = [slope - 2 / width, slope, slope + 2 / width];
  }
  return lines;
}

/** Ink of at least `level`. */
export function maskOf({ width, height, data }: Plane, level: number): Mask {
  const mask = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) mask[at] = data[at] >= level ? 1 : 0;
  return { width, height, data: mask };
}

/** Rows and columns exchanged. */
export function transposed({ width, height, data }: Mask): Mask {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x];
  }
  return { width: height, height: width, data: turned };
}

/** One pixel for a square of them: ink if any is. */
function pooled(mask: Mask, factor: number): Mask {
  const width = Math.ceil(mask.width / factor);
  const height = Math.ceil(mask.height / factor);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < mask.height; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] === 1) data[row + Math.floor(x / factor)] = 1;
    }
  }
  return { width, height, data };
}

interface Candidate {
  readonly at: number;
  readonly slope: number;
  readonly votes: number;
}

function mostVoted(mask: Mask, slopes: readonly number[]): Candidate | undefined {
  const { width, height, data } = mask;
  const reach = Math.ceil(STEEPEST * width) + 2;
  const votes = new Uint16Array(height + 2 * reach);
  let best: Candidate | undefined;
  for (const slope of slopes) {
    votes.fill(0);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (data[y * width + x] === 1) votes[Math.round(y - slope * x) + reach] += 1;
      }
    }
    for (let i = 0; i < votes.length; i++) {
      if (best === undefined || votes[i] > best.votes)
        best = { at: i - reach, slope, votes: votes[i] };
    }
  }
  return best;
}

/** The ink of column x within a pixel of the line. */
function isOn({ width, height, data }: Mask, { at, slope }: Candidate, x: number): boolean {
  const y = Math.round(at + slope * x);
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    if (data[row * width + x] === 1) return true;
  }
  return false;
}

function longestRun(mask: Mask, line: Candidate): [from: number, to: number] {
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
function thicknessOf(mask: Mask, { at, slope }: Candidate, from: number, to: number): number {
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

function takeOut(mask: Mask, { at, slope }: Candidate): void {
  const { width, height, data } = mask;
  for (let x = 0; x < width; x++) {
    const y = Math.round(at + slope * x);
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++)
      data[row * width + x] = 0;
  }
}
