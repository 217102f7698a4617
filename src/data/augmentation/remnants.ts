import type { Random } from "../../base/index.js";
import { drawPenPiece } from "../scenes/pen-stroke.js";

/** Rules and other characters stay within this share of the image's side from its border. */
const MARGIN = 0.17;
/** Points of the piece of another character. */
const POINTS = 4;

/** Draws what was left of printed lines, of boxes and of neighbouring characters when a character was cut out. */
export class Remnants {
  readonly #height: number;
  readonly #width: number;
  readonly #field: Float32Array;

  constructor(height: number, width: number) {
    this.#height = height;
    this.#width = width;
    this.#field = new Float32Array(height * width);
  }

  /**
   * Lays one or two of them over an image.
   *
   * @param pixels - from 0 to 1, `[height, width]`
   * @param strength - how dark they are, from 0 to 1
   */
  draw(pixels: Float32Array | Float64Array, strength: number, random: Random): void {
    const field = this.#field.fill(0);
    const count = 1 + random.integer(2);
    for (let i = 0; i < count; i++) {
      if (random.integer(2) === 0) this.#line(random);
      else this.#neighbour(random);
    }
    for (let i = 0; i < field.length; i++) pixels[i] += strength * field[i] * (1 - pixels[i]);
  }

  /** A straight line near one border, and nearly along it; a third of them end on the way. */
  #line(random: Random): void {
    const side = random.integer(4);
    const radius = random.between(0.3, 1);
    const from = random.integer(3) === 0 ? random.uniform() : 0;
    const first = random.between(0, MARGIN);
    this.#piece(side, [from, first, 1, first + random.between(-0.05, 0.05)], radius);
  }

  /** A bent stroke that comes in over one border and leaves over it again, or ends. */
  #neighbour(random: Random): void {
    const side = random.integer(4);
    const radius = random.between(0.6, 1.6);
    let along = random.between(0.1, 0.9);
    let inwards = -0.05;
    for (let i = 1; i < POINTS; i++) {
      const nextAlong = along + random.between(-0.25, 0.25);
      const nextInwards = random.between(-0.05, MARGIN);
      this.#piece(side, [along, inwards, nextAlong, nextInwards], radius);
      along = nextAlong;
      inwards = nextInwards;
    }
  }

  /**
   * @param side - left, top, right or bottom
   * @param ends - of a straight piece: along the side and inwards, in shares of the image
   */
  #piece(
    side: number,
    [fromAlong, fromIn, toAlong, toIn]: readonly [number, number, number, number],
    radius: number,
  ): void {
    const width = this.#width;
    const height = this.#height;
    const isUpright = side % 2 === 0;
    const x = (along: number, inwards: number) =>
      width * (isUpright ? (side === 0 ? inwards : 1 - inwards) : along);
    const y = (along: number, inwards: number) =>
      height * (isUpright ? along : side === 1 ? inwards : 1 - inwards);
    const piece = {
      ax: x(fromAlong, fromIn),
      ay: y(fromAlong, fromIn),
      bx: x(toAlong, toIn),
      by: y(toAlong, toIn),
      startRadius: radius,
      endRadius: radius,
    };
    drawPenPiece({ width, height, data: this.#field }, piece, 1);
  }
}
