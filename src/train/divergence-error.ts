/** A loss that is no longer a number: the weights have run away. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  /** Number of the step whose loss it was, from 1. */
  readonly step: number;
  readonly learningRate: number;

  constructor(step: number, learningRate: number, loss: number) {
    super(
      `fit: the loss must stay a number, got ${loss} at step ${step} with learning rate ${learningRate}; try a lower rate or a warm-up`,
    );
    this.step = step;
    this.learningRate = learningRate;
  }
}
