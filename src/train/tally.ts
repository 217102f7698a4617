/** What a {@link Tally} has counted. */
export interface TallyState {
  readonly steps: number;
  /** Sum over the steps. */
  readonly loss: number;
  readonly correct: number;
  readonly seconds: number;
}

const NOTHING: TallyState = { steps: 0, loss: 0, correct: 0, seconds: 0 };

/** Running means over the steps of an epoch, and the pace they are taken at. */
export class Tally {
  #batchSize: number;
  #steps: number;
  #loss: number;
  #correct: number;
  #startMs: number;

  /** @param from - what to count on from */
  constructor(batchSize: number, from = NOTHING) {
    this.#batchSize = batchSize;
    this.#steps = from.steps;
    this.#loss = from.loss;
    this.#correct = from.correct;
    this.#startMs = performance.now() - 1000 * from.seconds;
  }

  state(): TallyState {
    const seconds = (performance.now() - this.#startMs) / 1000;
    return { steps: this.#steps, loss: this.#loss, correct: this.#correct, seconds };
  }

  /** @param correct - right answers among the batch */
  add(loss: number, correct: number): void {
    this.#steps += 1;
    this.#loss += loss;
    this.#correct += correct;
  }

  means(): { loss: number; accuracy: number; imagesPerSecond: number } {
    const images = this.#steps * this.#batchSize;
    const elapsedMs = performance.now() - this.#startMs;
    return {
      loss: this.#loss / this.#steps,
      accuracy: this.#correct / images,
      imagesPerSecond: (1000 * images) / elapsedMs,
    };
  }
}
