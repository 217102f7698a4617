import { logSumExp } from "../base/index.js";
import { type ImageSet, imageAt, writePixels } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import {
  compileInference,
  type InferenceProgram,
  type ModelDescription,
  type Weights,
} from "../nn/index.js";

/** Mean cross-entropy in nats, and share of right answers. */
export interface Measure {
  readonly loss: number;
  readonly accuracy: number;
}

/** Measures a model on images it does not learn from, with one program for the whole training. */
export class Validation {
  #set: ImageSet;
  #program: InferenceProgram;

  private constructor(set: ImageSet, program: InferenceProgram) {
    this.#set = set;
    this.#program = program;
  }

  static async create(
    model: ModelDescription,
    set: ImageSet,
    options: { weights: Weights; batchSize: number; backend: Backend },
  ): Promise<Validation> {
    const { weights, ...rest } = options;
    return new Validation(set, await compileInference(model, weights, rest));
  }

  measure(weights: Weights): Measure {
    const { inputs, outputs, batchSize } = this.#program;
    const { count, labels, classes } = this.#set;
    const size = inputs.length / batchSize;
    this.#program.setWeights(weights);
    let loss = 0;
    let right = 0;
    for (let start = 0; start < count; start += batchSize) {
      const rows = Math.min(batchSize, count - start);
      // Rows beyond the last image keep what was there before; nobody looks at them.
      for (let row = 0; row < rows; row++) {
        writePixels(imageAt(this.#set, start + row), inputs, row * size);
      }
      this.#program.run();
      for (let row = 0; row < rows; row++) {
        const logits = outputs.subarray(row * classes.length, (row + 1) * classes.length);
        const label = labels[start + row];
        loss += logSumExp(logits, 0, classes.length) - logits[label];
        if (logits.indexOf(Math.max(...logits)) === label) right++;
      }
    }
    return { loss: loss / count, accuracy: right / count };
  }

  close(): void {
    this.#program.close();
  }
}
