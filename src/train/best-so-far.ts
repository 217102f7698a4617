import type { Weights } from "../nn/index.js";
import type { Best } from "./checkpoint.js";

/**
 * Follows the validation loss from epoch to epoch, keeps the weights of the least, and says when it
 * has not fallen for too long (Prechelt 1998, "Early stopping, but when?").
 */
export class BestSoFar {
  readonly #patience: number;
  #best: Best | undefined;

  /** @param patience - epochs in a row without a new least loss after which to stop; infinite: never */
  constructor(patience: number, from: Best | undefined) {
    this.#patience = patience;
    this.#best = from;
  }

  get best(): Best | undefined {
    return this.#best;
  }

  see(epoch: number, loss: number, weights: Weights): void {
    if (this.#best === undefined || loss < this.#best.loss) this.#best = { epoch, loss, weights };
  }

  /** @param epochs - that are over */
  isStale(epochs: number): boolean {
    return this.#best !== undefined && epochs - this.#best.epoch >= this.#patience;
  }
}
