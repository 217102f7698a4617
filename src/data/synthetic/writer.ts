import type { Random } from "../../base/index.js";
import { drawPiece } from "./pen.js";
import type { PenPath } from "./pen-path.js";

const FIELD = 28;
const BOX = 20;
/** Straight pieces a curve between two points is drawn with. */
const PIECES = 5;
const MAX_POINTS = 64;

/**
 * A hand: writes pen paths into fields of 28×28, every time a little differently.
 *
 * Framed like MNIST: the ink fits a box of 20×20 with its aspect ratio kept, and its centre of mass
 * lies in the middle of the field as far as the box stays inside. Uses `+ - * / √` only, so that the
 * same random numbers give the same bytes on every machine.
 */
export class Writer {
  readonly #random: Random;
  /** The points of the path at hand, moved. */
  readonly #x = new Float64Array(MAX_POINTS);
  readonly #y = new Float64Array(MAX_POINTS);
  /** Ends of the straight pieces, two a piece. */
  readonly #pieceX = new Float64Array(2 * PIECES * MAX_POINTS);
  readonly #pieceY = new Float64Array(2 * PIECES * MAX_POINTS);
  #pieces = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Writes one character into `field`, `[28, 28]`, which must be 0 throughout. */
  write(path: PenPath, field: Uint8Array): void {
    const random = this.#random;
    this.#move(path);
    this.#flatten(path);
    const radius = random.between(0.95, 1.9);
    const softness = random.between(1, 1.5);
    this.#frame(radius);
    for (let i = 0; i < 2 * this.#pieces; i += 2) {
      drawPiece(
        field,
        FIELD,
        this.#pieceX[i],
        this.#pieceY[i],
        this.#pieceX[i + 1],
        this.#pieceY[i + 1],
        radius,
        softness,
      );
    }
  }

  /** The path the pen takes for one character, stroke by stroke: `[x0, y0, x1, y1, …]` each. */
  strokes(path: PenPath): number[][] {
    this.#move(path);
    this.#flatten(path);
    const strokes: number[][] = [];
    for (let i = 0; i < 2 * this.#pieces; i += 2) {
      const x = this.#pieceX[i];
      const y = this.#pieceY[i];
      const last = strokes.at(-1);
      if (last?.at(-2) !== x || last.at(-1) !== y) strokes.push([x, y]);
      strokes.at(-1)!.push(this.#pieceX[i + 1], this.#pieceY[i + 1]);
    }
    return strokes;
  }

  /** Unsteady points, then one slant, turn, width and bend for the whole character. */
  #move(path: PenPath): void {
    const random = this.#random;
    const unsteady = random.between(0.6, 3.8);
    const width = random.between(0.72, 1.25);
    const slant = random.between(-0.2, 0.5);
    const turn = random.between(-0.15, 0.15);
    const bendX = random.between(-0.0016, 0.0016);
    const bendY = random.between(-0.0012, 0.0012);
    for (let stroke = 0; stroke + 1 < path.starts.length; stroke++) {
      const shiftX = 0.6 * unsteady * random.normal();
      const shiftY = 0.6 * unsteady * random.normal();
      for (let i = path.starts[stroke]; i < path.starts[stroke + 1]; i++) {
        const x = path.x[i] - 30 + shiftX + unsteady * random.normal();
        const y = path.y[i] - 50 + shiftY + unsteady * random.normal();
        const bentX = width * (x + bendX * y * y) - slant * y;
        const bentY = y + bendY * x * x;
        this.#x[i] = bentX - turn * bentY;
        this.#y[i] = bentY + turn * bentX;
      }
    }
  }

  /** Cubic Hermite curves through the points, tangents as Catmull and Rom (1974) choose them. */
  #flatten(path: PenPath): void {
    let pieces = 0;
    for (let stroke = 0; stroke + 1 < path.starts.length; stroke++) {
      for (let i = path.starts[stroke]; i + 1 < path.starts[stroke + 1]; i++) {
        const chordX = this.#x[i + 1] - this.#x[i];
        const chordY = this.#y[i + 1] - this.#y[i];
        const outOfCorner = path.corner[i] === 1;
        const intoCorner = path.corner[i + 1] === 1;
        const startX = outOfCorner ? chordX : (this.#x[i + 1] - this.#x[i - 1]) / 2;
        const startY = outOfCorner ? chordY : (this.#y[i + 1] - this.#y[i - 1]) / 2;
        const endX = intoCorner ? chordX : (this.#x[i + 2] - this.#x[i]) / 2;
        const endY = intoCorner ? chordY : (this.#y[i + 2] - this.#y[i]) / 2;
        let fromX = this.#x[i];
        let fromY = this.#y[i];
        for (let k = 1; k <= PIECES; k++) {
          const t = k / PIECES;
          const s = 1 - t;
          const toEnd = t * t * (3 - 2 * t);
          const toX = this.#x[i] + toEnd * chordX + t * s * (s * startX - t * endX);
          const toY = this.#y[i] + toEnd * chordY + t * s * (s * startY - t * endY);
          this.#pieceX[2 * pieces] = fromX;
          this.#pieceY[2 * pieces] = fromY;
          this.#pieceX[2 * pieces + 1] = toX;
          this.#pieceY[2 * pieces + 1] = toY;
          pieces += 1;
          fromX = toX;
          fromY = toY;
        }
      }
    }
    this.#pieces = pieces;
  }

  /** Scales and shifts the pieces so that the ink they will leave is framed. */
  #frame(radius: number): void {
    const x = this.#pieceX;
    const y = this.#pieceY;
    let left = Infinity;
    let right = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    let mass = 0;
    let massX = 0;
    let massY = 0;
    for (let i = 0; i < 2 * this.#pieces; i += 2) {
      for (let end = i; end < i + 2; end++) {
        left = Math.min(left, x[end]);
        right = Math.max(right, x[end]);
        top = Math.min(top, y[end]);
        bottom = Math.max(bottom, y[end]);
      }
      const dx = x[i + 1] - x[i];
      const dy = y[i + 1] - y[i];
      const length = Math.sqrt(dx * dx + dy * dy);
      mass += length;
      massX += (length * (x[i] + x[i + 1])) / 2;
      massY += (length * (y[i] + y[i + 1])) / 2;
    }
    const scale = (BOX - 2 * radius) / Math.max(right - left, bottom - top);
    const offsetX = place(scale * left, scale * right, (scale * massX) / mass, radius);
    const offsetY = place(scale * top, scale * bottom, (scale * massY) / mass, radius);
    for (let i = 0; i < 2 * this.#pieces; i++) {
      x[i] = scale * x[i] + offsetX;
      y[i] = scale * y[i] + offsetY;
    }
  }
}

/** The shift that brings `centre` to the middle of the field and keeps the ink a pixel inside. */
function place(low: number, high: number, centre: number, radius: number): number {
  const least = 1 + radius - low;
  const most = FIELD - 1 - radius - high;
  return Math.min(most, Math.max(least, FIELD / 2 - centre));
}
