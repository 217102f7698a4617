import { type SampleSet, writeSamples } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import {
  compileInference,
  type InferenceProgram,
  type LossDescription,
  type ModelDescription,
  meanLoss,
  type Weights,
} from "../nn/index.js";

/** Mean loss, and share of right answers. */
export interface Measure {
  readonly loss: number;
  readonly accuracy: number;
}

interface Trained {
  readonly model: ModelDescription;
  readonly loss: LossDescription;
}

/** Measures a model on images it does not learn from, with one program for the whole training. */
export class Validation {
  #trained: Trained;
  #set: SampleSet;
  #program: InferenceProgram;
  /** `[count, classes]` */
  #logits: Float32Array;

  private constructor(trained: Trained, set: SampleSet, program: InferenceProgram) {
    this.#trained = trained;
    this.#set = set;
    this.#program = program;
    this.#logits = new Float32Array(set.count * set.classes.length);
  }

  static async create(
    trained: Trained,
    set: SampleSet,
    options: { weights: Weights; batchSize: number; backend: Backend },
  ): Promise<Validation> {
    const { weights, ...rest } = options;
    return new Validation(trained, set, await compileInference(trained.model, weights, rest));
  }

  measure(weights: Weights): Measure {
    const { inputs, outputs, batchSize } = this.#program;
    const { count, labels, classes } = this.#set;
    this.#program.setWeights(weights);
    for (let start = 0; start < count; start += batchSize) {
      // Rows beyond the last image keep what was there before; nobody looks at them.
      const samples = writeSamples(this.#set, { start, end: start + batchSize }, inputs);
      this.#program.run();
      const logits = outputs.subarray(0, samples * classes.length);
      this.#logits.set(logits, start * classes.length);
    }
    let right = 0;
    for (let row = 0; row < count; row++) {
      const logits = this.#logits.subarray(row * classes.length, (row + 1) * classes.length);
      if (logits.indexOf(Math.max(...logits)) === labels[row]) right++;
    }
    return { loss: meanLoss(this.#logits, labels, this.#trained), accuracy: right / count };
  }

  close(): void {
    this.#program.close();
  }
}
