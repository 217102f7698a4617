/**
 * Sums over rectangles in four look-ups each: every entry holds the sum of all above and to the left
 * of it (Crow 1984). Values are pushed row by row.
 */
export class IntegralImage {
  readonly #width: number;
  readonly #height: number;
  /** `[height + 1, width + 1]` */
  readonly #sums: Float64Array;
  #x = 0;
  #y = 0;
  #row = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#sums = new Float64Array((width + 1) * (height + 1));
  }

  push(value: number): void {
    this.#row += value;
    const at = (this.#y + 1) * (this.#width + 1) + this.#x + 1;
    this.#sums[at] = this.#sums[at - this.#width - 1] + this.#row;
    this.#x += 1;
    if (this.#x < this.#width) return;
    this.#x = 0;
    this.#y += 1;
    this.#row = 0;
  }

  /** The sum over what of the square around a pixel lies inside: `2·reach + 1` pixels a side. */
  sumAround(x: number, y: number, reach: number): number {
    const left = Math.max(0, x - reach);
    const right = Math.min(this.#width, x + reach + 1);
    const top = Math.max(0, y - reach) * (this.#width + 1);
    const bottom = Math.min(this.#height, y + reach + 1) * (this.#width + 1);
    const sums = this.#sums;
    return sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
  }
}
