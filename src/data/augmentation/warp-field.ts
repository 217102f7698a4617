import type { Random } from "../../base/index.js";
import type { Augmentation } from "./augmentation.js";

/** Pixels between the knots of the elastic deformation. */
const KNOT_PX = 7;

/** How far along from one knot to the next a pixel stands, by its number among them. */
const STEPS = Float64Array.from({ length: KNOT_PX }, (_, pixel) => pixel / KNOT_PX);

/**
 * Where each pixel of a deformed image comes from: `M·(p - c) + c + shift + bend(p) + wobble(p)`, where c is
 * the centre of the image, M turns, shears and scales, bend is a polynomial of second degree (bows, one half
 * larger than the other, wider at the top), and wobble is a cubic B-spline through random knots 7 pixels
 * apart (after Simard, Steinkraus and Platt 2003).
 *
 * A cubic B-spline through knots on a parabola is that parabola but for a constant, so the knots hold the whole
 * place, not the wobble alone, and a pixel costs two polynomials of third degree.
 *
 * Uses `+ - * / √` only: the same random numbers give the same bits on every machine.
 */
export class WarpField {
  /** Of the row last asked for: where its pixels come from, in pixels, `[width]`. */
  readonly sourceX: Float64Array;
  readonly sourceY: Float64Array;
  readonly #bounds: Augmentation;
  readonly #halfTangent: number;
  readonly #height: number;
  readonly #width: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Places at the knots, `[rows, columns]`, the first one knot before the image. */
  readonly #knotsX: Float64Array;
  readonly #knotsY: Float64Array;
  /** The same for one row of pixels, `[columns]`. */
  readonly #rowX: Float64Array;
  readonly #rowY: Float64Array;
  readonly #bendX = new Float64Array(3);
  readonly #bendY = new Float64Array(3);

  constructor(
    { height, width }: { readonly height: number; readonly width: number },
    bounds: Augmentation,
  ) {
    this.#bounds = bounds;
    this.#halfTangent = tangent((bounds.rotationDegrees * Math.PI) / 360);
    this.#height = height;
    this.#width = width;
    this.#columns = knotsOf(width);
    this.#rows = knotsOf(height);
    this.#knotsX = new Float64Array(this.#rows * this.#columns);
    this.#knotsY = new Float64Array(this.#rows * this.#columns);
    this.#rowX = new Float64Array(this.#columns);
    this.#rowY = new Float64Array(this.#columns);
    this.sourceX = new Float64Array(width);
    this.sourceY = new Float64Array(width);
  }

  /** Draws another deformation. */
  draw(random: Random): void {
    const { scale, shear, shiftPx, elasticPx, bendPx = 0, misframing } = this.#bounds;
    const half = this.#halfTangent * random.between(-1, 1);
    const cosine = (1 - half * half) / (1 + half * half);
    const sine = (2 * half) / (1 + half * half);
    const missed = misframing !== undefined && random.uniform() < misframing.share;
    // Places are those of the image before: the larger they are, the smaller it gets.
    const size = missed ? 1 / (1 + misframing.scale * random.between(-1, 1)) : 1;
    const shift = missed ? shiftPx + misframing.shiftPx : shiftPx;
    const scaleX = size * (1 + scale * random.between(-1, 1));
    const scaleY = size * (1 + scale * random.between(-1, 1));
    const slant = shear * random.between(-1, 1);
    const xx = scaleX * cosine;
    const xy = scaleX * (slant * cosine - sine);
    const yx = scaleY * sine;
    const yy = scaleY * (slant * sine + cosine);
    const centreX = (this.#width - 1) / 2;
    const centreY = (this.#height - 1) / 2;
    const originX = centreX + shift * random.between(-1, 1);
    const originY = centreY + shift * random.between(-1, 1);
    // √3 makes the variance of an even draw 1; 2 makes up for the averaging of the spline.
    const reach = 2 * Math.sqrt(3) * elasticPx;
    if (bendPx > 0) {
      drawBend(this.#bendX, bendPx, random);
      drawBend(this.#bendY, bendPx, random);
    }
    for (let row = 0; row < this.#rows; row++) {
      const dy = (row - 1) * KNOT_PX - centreY;
      for (let column = 0; column < this.#columns; column++) {
        const dx = (column - 1) * KNOT_PX - centreX;
        const knot = row * this.#columns + column;
        // The knots around a tiny image lie far outside of it.
        const u = dx / Math.max(KNOT_PX, centreX);
        const v = dy / Math.max(KNOT_PX, centreY);
        const bentX = bendOf(this.#bendX, u, v);
        const bentY = bendOf(this.#bendY, u, v);
        this.#knotsX[knot] = originX + xx * dx + xy * dy + bentX + random.between(-reach, reach);
        this.#knotsY[knot] = originY + yx * dx + yy * dy + bentY + random.between(-reach, reach);
      }
    }
  }

  /**
   * Works out where the pixels of row `y` come from, unless none comes from between the rows `above` and
   * `below`; then it returns false.
   */
  moveTo(y: number, { above, below }: { above: number; below: number }): boolean {
    const first = Math.floor(y / KNOT_PX) * this.#columns;
    const t = STEPS[y % KNOT_PX];
    blend(this.#knotsY, first, { t, columns: this.#columns, target: this.#rowY });
    // A spline stays among its knots.
    let least = this.#rowY[0];
    let most = least;
    for (let column = 1; column < this.#columns; column++) {
      const place = this.#rowY[column];
      if (place < least) least = place;
      if (place > most) most = place;
    }
    if (most <= above || least >= below) return false;
    blend(this.#knotsX, first, { t, columns: this.#columns, target: this.#rowX });
    interpolate(this.#rowX, this.sourceX);
    interpolate(this.#rowY, this.sourceY);
    return true;
  }
}

/** Draws the coefficients of u², uv and v² of a bend. */
function drawBend(bend: Float64Array, bound: number, random: Random): void {
  for (let i = 0; i < 3; i++) bend[i] = random.between(-bound, bound);
}

/** Pixels by which a bend moves the place (u, v), each from -1 to 1; on average over the image by none. */
function bendOf([uu, uv, vv]: Float64Array, u: number, v: number): number {
  return uu * (u * u - 1 / 3) + uv * u * v + vv * (v * v - 1 / 3);
}

/** Knots along a side: one before the image, and two after its last pixel. */
function knotsOf(pixels: number): number {
  return Math.floor((pixels - 1) / KNOT_PX) + 4;
}

/** The spline through four rows of knots, from `first` on, at a share `t` of the way from the second to the third. */
function blend(
  knots: Float64Array,
  first: number,
  { t, columns, target }: { t: number; columns: number; target: Float64Array },
): void {
  const s = 1 - t;
  const w0 = (s * s * s) / 6;
  const w1 = (4 - 6 * t * t + 3 * t * t * t) / 6;
  const w2 = (4 - 6 * s * s + 3 * s * s * s) / 6;
  const w3 = (t * t * t) / 6;
  for (let column = 0; column < columns; column++) {
    const i = first + column;
    target[column] =
      w0 * knots[i] +
      w1 * knots[i + columns] +
      w2 * knots[i + 2 * columns] +
      w3 * knots[i + 3 * columns];
  }
}

/** The spline through a row of knots at every pixel: between two knots a polynomial of third degree. */
function interpolate(knots: Float64Array, target: Float64Array): void {
  const pixels = target.length;
  let knot = 0;
  for (let start = 0; start < pixels; start += KNOT_PX) {
    const k0 = knots[knot];
    const k1 = knots[knot + 1];
    const k2 = knots[knot + 2];
    const k3 = knots[knot + 3];
    const a = (k0 + 4 * k1 + k2) / 6;
    const b = (k2 - k0) / 2;
    const c = (k0 - 2 * k1 + k2) / 2;
    const d = (k3 - 3 * k2 + 3 * k1 - k0) / 6;
    const end = start + KNOT_PX < pixels ? start + KNOT_PX : pixels;
    let t = 0;
    for (let x = start; x < end; x++) {
      target[x] = ((d * t + c) * t + b) * t + a;
      t += 1 / KNOT_PX;
    }
    knot++;
  }
}

/** Tangent by Lambert's continued fraction; good to 1e-9 up to 45°. Radians. */
function tangent(angle: number): number {
  const square = angle * angle;
  return angle / (1 - square / (3 - square / (5 - square / (7 - square / 9))));
}
