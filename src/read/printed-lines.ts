import type { Box, Plane } from "../data/index.js";
import { cropBox } from "./crop.js";
import { findLines, type StraightLine, transposed, type View, viewOf } from "./find-lines.js";
import { join, piecesOf } from "./pieces.js";

/** Ink from which a pixel may belong to a line; printed lines are often paler than the pen. */
const LINE_LEVEL = 40;
/** Shortest line, as a share of the ink's extent in its direction. */
const SHORTEST = 0.34;
/** How near to the border a line ends that goes on beyond it, as a share of the picture. */
const AT_BORDER = 0.04;
/** How near to the edge of its box a side lies, as a share of the box. */
const AT_EDGE = 0.12;
/** Shortest side of a box, as a share of the box: the bows of a character are shorter. */
const WHOLE_SIDE = 0.65;
/** A character in a box has at least this share of its height. */
const LEAST_INSIDE = 0.35;
/** Where a stroke crosses, the ink is higher than the line by this factor. */
const CROSSED = 1.6;
/** Share of a line that is bare, at least: where strokes run along it, it looks thicker. */
const BARE = 0.2;

/** A line and whether it runs down (then x and y of it are exchanged). */
interface Printed {
  readonly line: StraightLine;
  readonly isDown: boolean;
}

/**
 * Takes printed lines out of the ink: rules and squares, which go on beyond the picture, and the
 * sides of a box around the character. Strokes stay whole: where the ink on a line is higher than
 * the line is thick, something crosses it, and nothing is taken away.
 *
 * A straight stroke is no printed line: it neither reaches two borders of a picture with room
 * around its ink nor is it one of three sides of a box that holds a character.
 */
export function withoutPrintedLines(ink: Plane): Plane {
  const extent = cropBox(ink);
  if (extent === undefined) return ink;
  const width = extent.right - extent.left;
  const height = extent.bottom - extent.top;
  const upright = viewOf(ink);
  const turned = transposed(upright);
  const found = [
    ...linesOf(upright, width).map((line) => ({ line, isDown: false })),
    ...linesOf(turned, height).map((line) => ({ line, isDown: true })),
  ];
  if (found.length === 0) return ink;
  const spanning = found.filter(({ line, isDown }) => spans(line, isDown ? turned : upright));
  const isTight = spanning.length === 1 && touchesAllSides(ink);
  const sides = boxSides(found);
  const printed = [...new Set([...(isTight ? [] : spanning), ...sides])];
  if (printed.length === 0) return ink;
  const box = sides.length > 0 ? boxAround(sides) : wholeOf(ink);
  const thicknessOf = ({ line, isDown }: Printed) =>
    thickness(runsOn(isDown ? turned : upright, line));
  const thickest = CROSSED * Math.max(...printed.map(thicknessOf)) + 1;
  const thin = found.filter((candidate) => thicknessOf(candidate) <= thickest);
  for (const more of [separators(thin, printed), []]) {
    const data = ink.data.slice();
    for (const { line, isDown } of [...printed, ...more]) {
      erase(data, isDown ? turned : upright, line);
    }
    const rest = { ...ink, data };
    if (holdsCharacter(rest, box)) return rest;
  }
  return ink;
}

function linesOf(view: View, extent: number): StraightLine[] {
  return findLines(view, { level: LINE_LEVEL, shortest: SHORTEST * extent });
}

/** Lines from one printed line to another, as between the cells of a row; a single one may be a stroke. */
function separators(found: readonly Printed[], printed: readonly Printed[]): Printed[] {
  const between = found.filter((candidate) => {
    if (printed.includes(candidate)) return false;
    const { at, slope, from, to } = candidate.line;
    const slack = AT_EDGE * (to - from);
    return [from, to].every((end) =>
      printed.some(({ line, isDown }) => {
        const across = line.at + line.slope * (at + slope * end);
        return isDown !== candidate.isDown && Math.abs(across - end) <= slack;
      }),
    );
  });
  return between.length >= 2 ? between : [];
}

/** Whether a line reaches the border of the picture at both ends. */
function spans({ at, slope, from, to }: StraightLine, { width, height }: View): boolean {
  const near = AT_BORDER * width;
  const isAtBorder = (x: number) => {
    const y = at + slope * x;
    return (
      x <= near || x >= width - near || y <= AT_BORDER * height || y >= height * (1 - AT_BORDER)
    );
  };
  return isAtBorder(from) && isAtBorder(to) && to - from > width / 2;
}

function touchesAllSides({ width, height, data }: Plane): boolean {
  let [left, top, right, bottom] = [false, false, false, false];
  for (let y = 0; y < height; y++) {
    left ||= data[y * width] >= LINE_LEVEL;
    right ||= data[(y + 1) * width - 1] >= LINE_LEVEL;
  }
  for (let x = 0; x < width; x++) {
    top ||= data[x] >= LINE_LEVEL;
    bottom ||= data[(height - 1) * width + x] >= LINE_LEVEL;
  }
  return left && top && right && bottom;
}

/** Those of the lines that are at least three sides of one box. */
function boxSides(found: readonly Printed[]): Printed[] {
  if (found.length < 3) return [];
  const whole = boxAround(found);
  const width = whole.right - whole.left;
  const height = whole.bottom - whole.top;
  const sides = found.filter((printed) => {
    const { left, top, right, bottom } = boxOf(printed);
    const { from, to } = printed.line;
    if (to - from < WHOLE_SIDE * (printed.isDown ? height : width)) return false;
    return printed.isDown
      ? Math.min(right - whole.left, whole.right - left) < AT_EDGE * width
      : Math.min(bottom - whole.top, whole.bottom - top) < AT_EDGE * height;
  });
  const down = sides.filter(({ isDown }) => isDown).length;
  return sides.length < 3 || down === 0 || down === sides.length ? [] : sides;
}

/** Whether a piece of ink is left that is high enough for a character, its middle in the box. */
function holdsCharacter(rest: Plane, box: Box): boolean {
  const least = LEAST_INSIDE * (box.bottom - box.top);
  return piecesOf(rest, LINE_LEVEL).some(({ box: { left, top, right, bottom } }) => {
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    const isInside = x > box.left && x < box.right && y > box.top && y < box.bottom;
    return isInside && bottom - top >= least;
  });
}

/** The middle of a page: its rules say nothing of the size of what is written on it. */
function wholeOf({ width, height }: Plane): Box {
  return { left: 0, top: height / 4, right: width, bottom: (3 * height) / 4 };
}

function boxAround(lines: readonly Printed[]): Box {
  return lines.map(boxOf).reduce(join);
}

function boxOf({ line: { at, slope, from, to }, isDown }: Printed): Box {
  const [near, far] = [at + slope * from, at + slope * to];
  const [low, high] = [Math.min(near, far), Math.max(near, far)];
  return isDown
    ? { left: low, top: from, right: high, bottom: to }
    : { left: from, top: low, right: to, bottom: high };
}

function erase(data: Float32Array, view: View, line: StraightLine): void {
  const runs = runsOn(view, line);
  const highest = CROSSED * thickness(runs) + 1;
  for (const { x, top, bottom } of runs) {
    if (bottom - top > highest) continue;
    const fringe = 2;
    const last = Math.min(view.height, bottom + fringe);
    for (let y = Math.max(0, top - fringe); y < last; y++) {
      data[x * view.along + y * view.down] = 0;
    }
  }
}

/** How thick a line is where it is bare, in pixels. */
function thickness(runs: readonly { readonly top: number; readonly bottom: number }[]): number {
  const heights = runs.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  return heights[Math.floor(BARE * heights.length)] ?? 0;
}

/** The ink on a line, column by column: from `top` up to, but without, `bottom`. */
function runsOn(view: View, { at, slope, from, to }: StraightLine) {
  const { width, height, data, along, down } = view;
  const isInk = (x: number, y: number) =>
    y >= 0 && y < height && data[x * along + y * down] >= LINE_LEVEL;
  const runs: { x: number; top: number; bottom: number }[] = [];
  const reach = Math.max(2, Math.ceil(Math.max(width, height) / 100));
  for (let x = from; x < to; x++) {
    const y = Math.round(at + slope * x);
    let top: number | undefined;
    for (let off = 0; off <= reach && top === undefined; off++) {
      if (isInk(x, y - off)) top = y - off;
      else if (isInk(x, y + off)) top = y + off;
    }
    if (top === undefined) continue;
    let bottom = top + 1;
    while (isInk(x, top - 1)) top--;
    while (isInk(x, bottom)) bottom++;
    runs.push({ x, top, bottom });
  }
  return runs;
}
