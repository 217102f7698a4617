/** Running means over the steps of an epoch, and the pace they are taken at. */
export class Tally {
  #batchSize: number;
  #steps = 0;
  #loss = 0;
  #correct = 0;
  #startMs = performance.now();

  constructor(batchSize: number) {
    this.#batchSize = batchSize;
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
