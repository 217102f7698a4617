import type { Random } from "../base/index.js";

/** How far images are deformed; each bound is drawn from evenly, in both directions. */
export interface Augmentation {
  readonly rotationDegrees: number;
  /** 0.1: each side from 10 % shorter to 10 % longer. */
  readonly scale: number;
  /** Sideways pixels per pixel of height. */
  readonly shear: number;
  readonly shiftPx: number;
  /** From 0 to 1, where 1 lets strokes gain or lose a pixel on either side. */
  readonly thickness: number;
  /** Standard deviation of the wobble that is added to the place of every pixel. */
  readonly elasticPx: number;
}

/** Different enough to teach a network something, and never another character. */
export const lightAugmentation: Augmentation = {
  rotationDegrees: 10,
  scale: 0.1,
  shear: 0.12,
  shiftPx: 1.5,
  thickness: 0.5,
  elasticPx: 0.6,
};

/** Pixels between the knots of the elastic deformation. */
const KNOT_PX = 7;

/**
 * Deforms grey images of one size at random, so that a network never sees the same one twice.
 *
 * Strokes first grow or shrink; then every pixel takes its value from near the place
 * `M·(p - c) + c + shift + wobble(p)`, bilinearly, where c is the centre, M turns, shears and scales,
 * and wobble is a cubic B-spline through random knots 7 pixels apart (after Simard, Steinkraus and
 * Platt 2003). Outside an image lies background.
 *
 * Uses `+ - * / √` only: the same random numbers give the same bits on every machine. Memory for the
 * work is taken once.
 */
export class Augmenter {
  readonly #height: number;
  readonly #width: number;
  readonly #bounds: Augmentation;
  readonly #halfTangent: number;
  /** The image within a border of background one pixel wide, `[height + 2, width + 2]`. */
  readonly #source: Float32Array;
  /** The same, strokes grown or shrunk. */
  readonly #thick: Float32Array;
  readonly #columns: SplineAxis;
  readonly #rows: SplineAxis;
  /** Displacements at the knots, `[rows, columns]`, and at the knots of one row of pixels. */
  readonly #knotsX: Float64Array;
  readonly #knotsY: Float64Array;
  readonly #rowX: Float64Array;
  readonly #rowY: Float64Array;

  constructor(
    { height, width }: { readonly height: number; readonly width: number },
    bounds: Augmentation = lightAugmentation,
  ) {
    this.#height = height;
    this.#width = width;
    this.#bounds = bounds;
    this.#halfTangent = tangent((bounds.rotationDegrees * Math.PI) / 360);
    this.#source = new Float32Array((height + 2) * (width + 2));
    this.#thick = new Float32Array((height + 2) * (width + 2));
    this.#columns = splineAxis(width);
    this.#rows = splineAxis(height);
    this.#knotsX = new Float64Array(this.#rows.knots * this.#columns.knots);
    this.#knotsY = new Float64Array(this.#rows.knots * this.#columns.knots);
    this.#rowX = new Float64Array(this.#columns.knots);
    this.#rowY = new Float64Array(this.#columns.knots);
  }

  /**
   * Writes a deformed copy of one image.
   *
   * @param image - pixels 0 to 255, `[height, width]`
   * @param options.target - gets values from 0 to 1, `[height, width]`
   */
  augment(
    image: Uint8Array,
    { target, random }: { readonly target: Float32Array | Float64Array; readonly random: Random },
  ): void {
    this.#load(image);
    this.#thicken(this.#bounds.thickness * random.between(-1, 1));
    this.#drawKnots(random);
    this.#warp(target, random);
  }

  #load(image: Uint8Array): void {
    const stride = this.#width + 2;
    for (let y = 0; y < this.#height; y++) {
      const row = (y + 1) * stride + 1;
      const start = y * this.#width;
      for (let x = 0; x < this.#width; x++) this.#source[row + x] = image[start + x] / 255;
    }
  }

  /** Goes the share `amount` of the way to the brightest (or, below 0, darkest) of 5 neighbours. */
  #thicken(amount: number): void {
    const source = this.#source;
    const thick = this.#thick;
    const stride = this.#width + 2;
    const sign = amount < 0 ? -1 : 1;
    const share = Math.abs(amount);
    for (let y = 1; y <= this.#height; y++) {
      for (let i = y * stride + 1; i < (y + 1) * stride - 1; i++) {
        const own = sign * source[i];
        let best = own;
        if (sign * source[i - 1] > best) best = sign * source[i - 1];
        if (sign * source[i + 1] > best) best = sign * source[i + 1];
        if (sign * source[i - stride] > best) best = sign * source[i - stride];
        if (sign * source[i + stride] > best) best = sign * source[i + stride];
        thick[i] = sign * (own + share * (best - own));
      }
    }
  }

  #drawKnots(random: Random): void {
    // √3 makes the variance of an even draw 1; 2 makes up for the averaging of the spline.
    const reach = 2 * Math.sqrt(3) * this.#bounds.elasticPx;
    for (let i = 0; i < this.#knotsX.length; i++) {
      this.#knotsX[i] = random.between(-reach, reach);
      this.#knotsY[i] = random.between(-reach, reach);
    }
  }

  #warp(target: Float32Array | Float64Array, random: Random): void {
    const { scale, shear, shiftPx } = this.#bounds;
    const half = this.#halfTangent * random.between(-1, 1);
    const cosine = (1 - half * half) / (1 + half * half);
    const sine = (2 * half) / (1 + half * half);
    const scaleX = 1 + scale * random.between(-1, 1);
    const scaleY = 1 + scale * random.between(-1, 1);
    const slant = shear * random.between(-1, 1);
    const xx = scaleX * cosine;
    const xy = scaleX * (slant * cosine - sine);
    const yx = scaleY * sine;
    const yy = scaleY * (slant * sine + cosine);
    const centreX = (this.#width - 1) / 2;
    const centreY = (this.#height - 1) / 2;
    // One more, for the border of the source.
    const originX = centreX + 1 + shiftPx * random.between(-1, 1);
    const originY = centreY + 1 + shiftPx * random.between(-1, 1);
    const { first, weights } = this.#columns;
    const maxX = this.#width + 0.999;
    const maxY = this.#height + 0.999;
    const stride = this.#width + 2;
    const source = this.#thick;
    const rowX = this.#rowX;
    const rowY = this.#rowY;
    const width = this.#width;
    for (let y = 0; y < this.#height; y++) {
      this.#blendRow(y);
      const dy = y - centreY;
      for (let x = 0; x < width; x++) {
        const dx = x - centreX;
        const knot = first[x];
        const w0 = weights[4 * x];
        const w1 = weights[4 * x + 1];
        const w2 = weights[4 * x + 2];
        const w3 = weights[4 * x + 3];
        const wobbleX =
          w0 * rowX[knot] + w1 * rowX[knot + 1] + w2 * rowX[knot + 2] + w3 * rowX[knot + 3];
        const wobbleY =
          w0 * rowY[knot] + w1 * rowY[knot + 1] + w2 * rowY[knot + 2] + w3 * rowY[knot + 3];
        const sourceX = Math.min(maxX, Math.max(0, originX + xx * dx + xy * dy + wobbleX));
        const sourceY = Math.min(maxY, Math.max(0, originY + yx * dx + yy * dy + wobbleY));
        const left = sourceX | 0;
        const top = sourceY | 0;
        const u = sourceX - left;
        const v = sourceY - top;
        const i = top * stride + left;
        const above = source[i] + u * (source[i + 1] - source[i]);
        const below = source[i + stride] + u * (source[i + stride + 1] - source[i + stride]);
        target[y * width + x] = above + v * (below - above);
      }
    }
  }

  /** Displacements at the columns of knots for the pixels of row `y`. */
  #blendRow(y: number): void {
    const { knots } = this.#columns;
    const { first, weights } = this.#rows;
    this.#rowX.fill(0);
    this.#rowY.fill(0);
    for (let k = 0; k < 4; k++) {
      const weight = weights[4 * y + k];
      const start = (first[y] + k) * knots;
      for (let column = 0; column < knots; column++) {
        this.#rowX[column] += weight * this.#knotsX[start + column];
        this.#rowY[column] += weight * this.#knotsY[start + column];
      }
    }
  }
}

/** Which knots act on each pixel of an axis, and how strongly. */
interface SplineAxis {
  readonly knots: number;
  /** The first of four knots, `[pixels]`. */
  readonly first: Int32Array;
  /** `[pixels, 4]` */
  readonly weights: Float64Array;
}

/** The uniform cubic B-spline: four weights that are positive and add up to 1. */
function splineAxis(pixels: number): SplineAxis {
  const first = new Int32Array(pixels);
  const weights = new Float64Array(4 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const knot = Math.floor(pixel / KNOT_PX);
    const t = pixel / KNOT_PX - knot;
    const s = 1 - t;
    first[pixel] = knot;
    weights[4 * pixel] = (s * s * s) / 6;
    weights[4 * pixel + 1] = (4 - 6 * t * t + 3 * t * t * t) / 6;
    weights[4 * pixel + 2] = (4 - 6 * s * s + 3 * s * s * s) / 6;
    weights[4 * pixel + 3] = (t * t * t) / 6;
  }
  return { knots: Math.floor((pixels - 1) / KNOT_PX) + 4, first, weights };
}

/** Tangent by Lambert's continued fraction; good to 1e-9 up to 45°. Radians. */
function tangent(angle: number): number {
  const square = angle * angle;
  return angle / (1 - square / (3 - square / (5 - square / (7 - square / 9))));
}
