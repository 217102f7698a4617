import type { Random } from "../../src/base/index.js";
import { nibWidth } from "./nib-width.js";
import type { InkPoint, Stroke, Strokes } from "./stroke.js";

type Position = readonly [x: number, y: number];

/**
 * How a hand moves to write each digit: points it passes, in a box of 1 × 1, one text a stroke.
 * A point given twice is a corner.
 */
const PATHS: readonly (readonly string[])[] = [
  [".50,.00 .24,.12 .07,.48 .18,.88 .48,1 .80,.88 .94,.50 .84,.16 .66,.03 .50,.00 .38,.04"],
  [".34,.16 .54,.01 .54,.01 .53,.50 .52,1"],
  [".10,.26 .26,.06 .55,.00 .82,.12 .84,.36 .60,.65 .08,.98 .08,.98 .50,.95 .96,.97"],
  [".12,.12 .45,.00 .80,.12 .76,.34 .40,.46 .40,.46 .80,.57 .88,.82 .52,1 .08,.88"],
  [".58,.00 .36,.34 .04,.66 .04,.66 .50,.65 .97,.62", ".70,.36 .68,.70 .66,1"],
  [".86,.02 .26,.04 .26,.04 .17,.46 .17,.46 .55,.38 .88,.60 .78,.90 .42,1 .08,.88"],
  [".74,.00 .36,.25 .12,.62 .25,.93 .56,1 .84,.82 .74,.58 .44,.55 .16,.74"],
  [".06,.05 .50,.04 .92,.04 .92,.04 .62,.45 .40,1"],
  [
    ".66,.02 .36,.02 .18,.19 .34,.40 .70,.58 .84,.82 .50,1 .16,.82 .32,.57 .70,.39 .84,.19 .68,.03 .50,.00",
  ],
  [".82,.22 .52,.02 .18,.20 .24,.45 .56,.47 .82,.20 .82,.20 .80,.60 .64,1"],
];

/** Points between two of a path. */
const PIECES = 8;

/** The digits that can be written. */
export const SAMPLE_DIGITS: readonly number[] = PATHS.map((_, digit) => digit);

/**
 * A digit in strokes, each time a little different: `random` decides its size, slant and place.
 *
 * @param nib - width of the pen at rest, in sides of the sheet
 */
export function sampleDigit(digit: number, nib: number, random: Random): Strokes {
  const height = random.between(0.58, 0.66);
  const breadth = height * random.between(0.58, 0.7);
  const slant = random.between(-0.02, 0.14);
  const left = (1 - breadth) / 2 + random.between(-0.04, 0.04);
  const top = (1 - height) / 2 + random.between(-0.03, 0.03);
  const placed = ([x, y]: Position): Position => [
    left + breadth * x + slant * (0.5 - y),
    top + height * y,
  ];
  return (PATHS[digit] ?? []).map((path) => trace(curve(positionsOf(path)).map(placed), nib));
}

/** What a pen leaves that goes through the positions. */
function trace(positions: readonly Position[], nib: number): Stroke {
  const stroke: InkPoint[] = [];
  for (const [x, y] of positions) {
    const last = stroke.at(-1);
    const width = last === undefined ? nib : nibWidth(last, { x, y }, nib, undefined);
    stroke.push({ x, y, width });
  }
  return stroke;
}

function positionsOf(path: string): Position[] {
  return path.split(" ").map((pair) => {
    const [x = 0, y = 0] = pair.split(",").map(Number);
    return [x, y];
  });
}

/** The uniform Catmull–Rom spline through the points (Catmull and Rom 1974), broken at corners. */
function curve(points: readonly Position[]): Position[] {
  const result: Position[] = [];
  points.forEach((from, i) => {
    const to = points[i + 1] ?? from;
    if (to[0] === from[0] && to[1] === from[1]) return;
    const before = points[i - 1] ?? from;
    const after = points[i + 2] ?? to;
    for (let piece = 0; piece < PIECES; piece++) {
      const t = piece / PIECES;
      result.push([
        catmullRom(before[0], from[0], to[0], after[0], t),
        catmullRom(before[1], from[1], to[1], after[1], t),
      ]);
    }
  });
  return [...result, ...points.slice(-1)];
}

/** The spline between `from` (t = 0) and `to` (t = 1). */
function catmullRom(before: number, from: number, to: number, after: number, t: number): number {
  const speed = to - before;
  const bend = 2 * before - 5 * from + 4 * to - after;
  const twist = 3 * (from - to) + after - before;
  return from + (t / 2) * (speed + t * (bend + t * twist));
}
