import type { Random } from "../../base/index.js";
import { addNoise } from "./noise.js";
import { Remnants } from "./remnants.js";
import type { Wear } from "./wear.js";

type Pixels = Float32Array | Float64Array;

/** Pixels from one knot of uneven paper to the next. */
const KNOT_PX = 4;

/**
 * Wears images of one size out: they get coarse, ink hardens, dries up or fades, shadow, paper, remnants and
 * noise are laid over it, and it is packed badly.
 *
 * Uses `+ - * / √` only: the same random numbers give the same bits on every machine. Memory for the
 * work is taken once.
 */
export class WearOut {
  readonly #height: number;
  readonly #width: number;
  readonly #wear: Wear;
  readonly #remnants: Remnants;
  readonly #columns: number;
  readonly #knots: Float64Array;
  readonly #cells: Float64Array;

  constructor({ height, width }: { readonly height: number; readonly width: number }, wear: Wear) {
    this.#height = height;
    this.#width = width;
    this.#wear = wear;
    this.#remnants = new Remnants(height, width);
    this.#columns = Math.ceil(width / KNOT_PX) + 1;
    this.#knots = new Float64Array((Math.ceil(height / KNOT_PX) + 1) * this.#columns);
    this.#cells = new Float64Array(height * width);
  }

  /** @param pixels - from 0 to 1, `[height, width]`; changed in place */
  wear(pixels: Pixels, random: Random): void {
    const {
      share,
      fading,
      hardness,
      coarseness,
      dryness,
      shadow,
      texture,
      noise,
      remnants,
      blocking,
    } = this.#wear;
    const isDue = () => random.uniform() < share;
    if (isDue()) this.#coarsen(pixels, 1 + (coarseness - 1) * random.uniform());
    if (isDue()) harden(pixels, 1 + (hardness - 1) * random.uniform());
    if (isDue()) dry(pixels, dryness * random.uniform(), random);
    if (isDue()) this.#remnants.draw(pixels, remnants * random.between(0.3, 1), random);
    if (isDue()) this.#fade(pixels, fading * random.uniform(), random);
    if (isDue()) this.#shade(pixels, shadow * random.uniform(), random);
    if (isDue()) this.#roughen(pixels, texture * random.uniform(), random);
    if (isDue()) addNoise(pixels, noise * random.uniform(), random);
    if (isDue()) this.#block(pixels, blocking * random.uniform(), random);
  }

  /** Takes the means of cells of `pitch` pixels and enlarges them again, straight lines in between. */
  #coarsen(pixels: Pixels, pitch: number): void {
    const columns = Math.max(1, Math.round(this.#width / pitch));
    const rows = Math.max(1, Math.round(this.#height / pitch));
    if (columns === this.#width && rows === this.#height) return;
    const cells = this.#cells.fill(0, 0, rows * columns);
    const cellOf = (at: number, count: number, length: number) => ((at * count) / length) | 0;
    for (let y = 0, i = 0; y < this.#height; y++) {
      const row = cellOf(y, rows, this.#height) * columns;
      for (let x = 0; x < this.#width; x++, i++) {
        cells[row + cellOf(x, columns, this.#width)] += pixels[i];
      }
    }
    const scale = (rows * columns) / (this.#width * this.#height);
    for (let y = 0, i = 0; y < this.#height; y++) {
      const placeY = between(((y + 0.5) * rows) / this.#height - 0.5, rows);
      const row = placeY | 0;
      const down = placeY - row;
      const below = row + 1 < rows ? columns : 0;
      for (let x = 0; x < this.#width; x++, i++) {
        const placeX = between(((x + 0.5) * columns) / this.#width - 0.5, columns);
        const column = placeX | 0;
        const across = placeX - column;
        const right = column + 1 < columns ? 1 : 0;
        const at = row * columns + column;
        const upper = cells[at] + across * (cells[at + right] - cells[at]);
        const lower = cells[at + below] + across * (cells[at + below + right] - cells[at + below]);
        pixels[i] = unit(scale * (upper + down * (lower - upper)));
      }
    }
  }

  /** Ink keeps from `1 - amount` to `1 - amount / 2` of its strength, along a random direction. */
  #fade(pixels: Pixels, amount: number, random: Random): void {
    const tilt = amount / 8;
    const across = random.between(-tilt, tilt) / this.#width;
    const down = random.between(-tilt, tilt) / this.#height;
    const middle = 1 - 6 * tilt;
    for (let y = 0, i = 0; y < this.#height; y++) {
      const start = middle + down * (2 * y - this.#height) - across * this.#width;
      for (let x = 0; x < this.#width; x++, i++) pixels[i] *= start + 2 * across * x;
    }
  }

  /** Darkens one side of a soft edge that passes anywhere. */
  #shade(pixels: Pixels, depth: number, random: Random): void {
    const softness = random.between(2, 20);
    const across = random.between(-1, 1) / softness;
    const down = random.between(-1, 1) / softness;
    const x0 = random.between(0, this.#width);
    const y0 = random.between(0, this.#height);
    for (let y = 0, i = 0; y < this.#height; y++) {
      for (let x = 0; x < this.#width; x++, i++) {
        const place = 0.5 + across * (x - x0) + down * (y - y0);
        const shade = place < 0 ? 0 : place > 1 ? depth : depth * place;
        pixels[i] += shade * (1 - pixels[i]);
      }
    }
  }

  /** Adds values between -amount and amount at knots, straight lines in between. */
  #roughen(pixels: Pixels, amount: number, random: Random): void {
    const knots = this.#knots;
    const columns = this.#columns;
    for (let k = 0; k < knots.length; k++) knots[k] = random.between(-amount, amount);
    for (let y = 0, i = 0; y < this.#height; y++) {
      const row = (y / KNOT_PX) | 0;
      const down = y / KNOT_PX - row;
      for (let x = 0; x < this.#width; x++, i++) {
        const column = (x / KNOT_PX) | 0;
        const across = x / KNOT_PX - column;
        const at = row * columns + column;
        const upper = knots[at] + across * (knots[at + 1] - knots[at]);
        const below = at + columns;
        const lower = knots[below] + across * (knots[below + 1] - knots[below]);
        pixels[i] = unit(pixels[i] + upper + down * (lower - upper));
      }
    }
  }

  /** Goes the share `amount` of the way to the mean of each 2×2 pixels, then rounds to steps. */
  #block(pixels: Pixels, amount: number, random: Random): void {
    const width = this.#width;
    const step = 0.25 * amount;
    const firstX = random.integer(2);
    for (let y = random.integer(2); y + 1 < this.#height; y += 2) {
      for (let x = firstX; x + 1 < width; x += 2) {
        const i = y * width + x;
        const j = i + width;
        const mean = (pixels[i] + pixels[i + 1] + pixels[j] + pixels[j + 1]) / 4;
        const rounded = step > 0.01 ? Math.round(mean / step) * step : mean;
        pixels[i] = unit(rounded + (1 - amount) * (pixels[i] - mean));
        pixels[i + 1] = unit(rounded + (1 - amount) * (pixels[i + 1] - mean));
        pixels[j] = unit(rounded + (1 - amount) * (pixels[j] - mean));
        pixels[j + 1] = unit(rounded + (1 - amount) * (pixels[j + 1] - mean));
      }
    }
  }
}

/** Makes the step from paper to ink `factor` times as steep. */
function harden(pixels: Pixels, factor: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = unit(factor * (pixels[i] - 0.5) + 0.5);
}

/** Leaves out the share `amount` of the inked pixels. */
function dry(pixels: Pixels, amount: number, random: Random): void {
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] > 0 && random.uniform() < amount) pixels[i] = 0;
  }
}

/** A place among `count` cells, no further out than the middle of the outermost. */
function between(place: number, count: number): number {
  return place < 0 ? 0 : place > count - 1 ? count - 1 : place;
}

function unit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
