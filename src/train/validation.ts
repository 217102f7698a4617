import type { SampleSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import {
  compileInference,
  type InferenceProgram,
  type LossDescription,
  type ModelDescription,
  meanLoss,
  type Weights,
} from "../nn/index.js";
import { countRight, writeAnswers } from "./answers.js";

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
    const { count, labels } = this.#set;
    this.#program.setWeights(weights);
    writeAnswers(this.#program, this.#set, this.#logits);
    const right = countRight(this.#logits, labels);
    return { loss: meanLoss(this.#logits, labels, this.#trained), accuracy: right / count };
  }

  close(): void {
    this.#program.close();
  }
}
