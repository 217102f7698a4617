import type { Backend } from "../engine/index.js";
import type {
  LossDescription,
  ModelDescription,
  TrainingProgram,
  TrainingState,
  Weights,
} from "../nn/index.js";
import { DivergenceError, type DivergenceOrigin } from "./divergence-error.js";
import { brokenWeights, findDivergence, THE_LOSS } from "./find-divergence.js";

/** How often the state is copied, ms, so that a divergence can be looked into from shortly before it. */
const SNAPSHOT_MS = 2000;

/** A training as it is watched; steps are counted from 0. */
interface WatchedTraining {
  readonly model: ModelDescription;
  readonly program: TrainingProgram;
  readonly takeStep: (step: number) => void;
  readonly rateAt: (step: number) => number;
  readonly loss: LossDescription;
  readonly seed: number;
  readonly backend: Backend;
}

/** Ends a training with a {@link DivergenceError} once its numbers are not finite any more. */
export class DivergenceWatch {
  readonly #training: WatchedTraining;
  #snapshot: TrainingState;
  #snapshotMs = performance.now();

  constructor(training: WatchedTraining) {
    this.#training = training;
    this.#snapshot = training.program.state();
  }

  /** To be called after each step whose loss is a number. */
  afterStep(): void {
    const nowMs = performance.now();
    if (nowMs - this.#snapshotMs <= SNAPSHOT_MS) return;
    this.#snapshot = this.#training.program.state();
    this.#snapshotMs = nowMs;
  }

  /**
   * What to throw where the loss of the step just taken is no number.
   *
   * @param step - steps taken, this one included
   */
  async lostLoss(step: number): Promise<DivergenceError> {
    const { model, program, ...training } = this.#training;
    const { loss } = program;
    const question = { ...training, step: step - 1, snapshot: this.#snapshot };
    return this.#error(step, loss, await findDivergence(model, program, question));
  }

  /** Looks at the weights, which the update of the last step may have lost without its loss telling. */
  expectWeights(step: number, weights: Weights): void {
    const broken = brokenWeights(this.#training.model, weights);
    if (broken !== undefined) throw this.#error(step, Number.NaN, broken);
  }

  expectLoss(step: number, loss: number): void {
    if (!Number.isFinite(loss)) throw this.#error(step, loss, THE_LOSS);
  }

  #error(step: number, loss: number, origin: DivergenceOrigin): DivergenceError {
    const learningRate = this.#training.rateAt(step - 1);
    return new DivergenceError({ step, learningRate, loss, origin });
  }
}
