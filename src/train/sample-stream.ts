import type { Random } from "../base/index.js";

/**
 * An endless stream of image indices: one freshly shuffled epoch after the other.
 *
 * Batches are cut from the stream, so one may straddle two epochs and no image is ever dropped.
 * The order of epoch e depends on the seed and e alone, not on what was drawn before.
 */
export class SampleStream {
  /** Number of the epoch that the last index belongs to, from 1; 0 before the first. */
  epoch = 0;
  #random: Random;
  #order: Uint32Array;
  #position: number;

  /** @param count - number of images, at least 1 */
  constructor(count: number, random: Random) {
    this.#random = random;
    this.#order = new Uint32Array(count);
    this.#position = count;
  }

  /** Goes to where `drawn` indices have been given out; going on from there costs nothing. */
  seek(drawn: number): void {
    const count = this.#order.length;
    if (drawn === (this.epoch - 1) * count + this.#position) return;
    this.epoch = Math.floor(drawn / count);
    this.#position = count;
    if (drawn % count === 0) return;
    this.#shuffle();
    this.#position = drawn % count;
  }

  next(): number {
    if (this.#position === this.#order.length) this.#shuffle();
    return this.#order[this.#position++]!;
  }

  #shuffle(): void {
    this.epoch += 1;
    this.#position = 0;
    for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
    this.#random.fork(`epoch ${this.epoch}`).shuffle(this.#order);
  }
}
