import type { Random } from "../../base/index.js";
import { drawPenPiece } from "../scenes/pen-stroke.js";
import type { StrokeGlyph } from "../scenes/stroke-glyph.js";
import { choosePen, type PenStyle } from "./pen-style.js";

const FIELD = 28;
const BOX = 20;
/** Pixels along the path from one change of pressure to the next. */
const PRESSURE_PX = 8;

type Strokes = StrokeGlyph["strokes"];

/**
 * Draws pen strokes anew into fields of 28×28, each time with another pen and in another hand.
 *
 * Framed like MNIST: the ink fits a box of 20×20, proportions kept, its centre of mass in the middle
 * of the field as far as the box stays inside. Uses `+ - * / √` only, so that the same random
 * numbers give the same bytes on every machine.
 */
export class StrokeRenderer {
  readonly #random: Random;
  readonly #field = { width: FIELD, height: FIELD, data: new Float32Array(FIELD * FIELD) };

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param target - gets the pixels, 0 to 255, `[28, 28]` */
  render(strokes: Strokes, target: Uint8Array): void {
    const pen = choosePen(this.#random);
    const { data } = this.#field;
    data.fill(0);
    for (const stroke of framed(strokes, pen)) this.#stroke(stroke, pen);
    for (let i = 0; i < data.length; i++) target[i] = 255 * data[i] + 0.5;
  }

  #stroke(points: readonly number[], pen: PenStyle): void {
    const random = this.#random;
    let [ax, ay] = points;
    let pressure = random.between(-1, 1);
    let goal = random.between(-1, 1);
    let startRadius = pen.radius * (1 + pen.pressure * pressure);
    // A dot is a stroke of one point: a piece of no length.
    for (let i = 2; i < Math.max(points.length, 3); i += 2) {
      const bx = points[i] ?? ax;
      const by = points[i + 1] ?? ay;
      const dx = bx - ax;
      const dy = by - ay;
      const length = Math.sqrt(dx * dx + dy * dy);
      pressure += (goal - pressure) * Math.min(1, length / PRESSURE_PX);
      if (Math.abs(goal - pressure) < 0.1) goal = random.between(-1, 1);
      const along = length > 0 ? Math.abs(dx * pen.nibX + dy * pen.nibY) / length : 0;
      const thinned = 1 - pen.nib * along;
      const endRadius = Math.max(
        pen.leastRadius,
        pen.radius * (1 + pen.pressure * pressure) * thinned,
      );
      if (pen.gaps === 0 || random.uniform() >= pen.gaps) {
        drawPenPiece(this.#field, { ax, ay, bx, by, startRadius, endRadius }, 1.1);
      }
      [ax, ay, startRadius] = [bx, by, endRadius];
    }
  }
}

/** The strokes in pixels of the field, slanted, turned and stretched. */
function framed(strokes: Strokes, { radius, slant, turn, stretch }: PenStyle): number[][] {
  const moved = strokes.map((stroke) => {
    const points = new Array<number>(stroke.length);
    for (let i = 0; i < stroke.length; i += 2) {
      const x = stretch * stroke[i] - slant * stroke[i + 1];
      points[i] = x - turn * stroke[i + 1];
      points[i + 1] = stroke[i + 1] + turn * x;
    }
    return points;
  });
  const across = extent(moved, 0);
  const down = extent(moved, 1);
  const size = Math.max(across.high - across.low, down.high - down.low);
  const scale = size > 0 ? (BOX - 2 * radius) / size : 0;
  const x0 = place(across, scale, radius);
  const y0 = place(down, scale, radius);
  for (const points of moved) {
    for (let i = 0; i < points.length; i += 2) {
      points[i] = x0 + scale * points[i];
      points[i + 1] = y0 + scale * points[i + 1];
    }
  }
  return moved;
}

interface Extent {
  readonly low: number;
  readonly high: number;
  /** Of the ink, a piece of the path counted by its length. */
  readonly centre: number;
}

/** @param axis - 0 for x, 1 for y */
function extent(strokes: readonly (readonly number[])[], axis: 0 | 1): Extent {
  let low = Infinity;
  let high = -Infinity;
  let mass = 0;
  let moment = 0;
  for (const points of strokes) {
    for (let i = 0; i < points.length; i += 2) {
      const at = points[i + axis];
      if (at < low) low = at;
      if (at > high) high = at;
      if (i === 0) continue;
      const dx = points[i] - points[i - 2];
      const dy = points[i + 1] - points[i - 1];
      const length = Math.sqrt(dx * dx + dy * dy);
      mass += length;
      moment += (length * (at + points[i + axis - 2])) / 2;
    }
  }
  return { low, high, centre: mass > 0 ? moment / mass : (low + high) / 2 };
}

/** The shift that brings the centre to the middle of the field and keeps the box inside. */
function place({ low, high, centre }: Extent, scale: number, radius: number): number {
  const least = 1 + radius - scale * low;
  const most = FIELD - 1 - radius - scale * high;
  return Math.min(most, Math.max(least, FIELD / 2 - scale * centre));
}
