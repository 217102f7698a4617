/** Where a loss was lost: the first part of the network whose numbers are no longer finite. */
export interface DivergenceOrigin {
  /** As in summaries, `layers[3] dense`; `loss` where every layer is still finite. */
  readonly layer: string;
  /** The name of one of its arrays, `weight`, or `outputs`. */
  readonly part: string;
}

/** A loss that is no longer a number: the weights have run away. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  /** Number of the step whose loss it was, from 1. */
  readonly step: number;
  readonly learningRate: number;
  /** NaN or infinite. */
  readonly loss: number;
  readonly origin: DivergenceOrigin;

  constructor(at: { step: number; learningRate: number; loss: number; origin: DivergenceOrigin }) {
    const { step, learningRate, loss, origin } = at;
    const first =
      origin.layer === "loss" ? "the loss itself" : `the ${origin.part} of ${origin.layer}`;
    super(
      `fit: the loss must stay a number, got ${loss} at step ${step} with learning rate ${learningRate}, first in ${first}; try a lower rate, a warm-up or clipped gradients`,
    );
    this.step = step;
    this.learningRate = learningRate;
    this.loss = loss;
    this.origin = origin;
  }
}
