import type { Random } from "../base/index.js";
import { type SampleSet, writeSamples } from "../data/index.js";
import type { SlotView } from "../engine/index.js";
import type { TrainingProgram } from "../nn/index.js";
import { SampleStream } from "./sample-stream.js";

/** Fills the inputs and targets of a training program, step after step. */
export interface Batches {
  /**
   * Writes the images of a step and their labels, the same ones whatever was written before: class
   * indices `[batch]`, or rows with a 1 at the label, `[batch, classes]`, where the loss compares whole
   * rows.
   *
   * @param step - from 0; decides, with the seed, which images they are and what becomes of them
   */
  write(step: number): void;
  /** Where writing is work: does it beforehand, without touching the program, so that it may run. */
  prepare?(step: number): void;
}

/** The samples as they are. */
export class BatchWriter implements Batches {
  #program: TrainingProgram;
  #set: SampleSet;
  #stream: SampleStream;

  constructor(program: TrainingProgram, set: SampleSet, random: Random) {
    this.#program = program;
    this.#set = set;
    this.#stream = new SampleStream(set.count, random);
  }

  write(step: number): void {
    const { inputs, targets, batchSize } = this.#program;
    this.#stream.seek(step * batchSize);
    const size = inputs.length / batchSize;
    const labels = new Int32Array(batchSize);
    for (let row = 0; row < batchSize; row++) {
      const index = this.#stream.next();
      writeSamples(this.#set, { start: index, end: index + 1 }, inputs, row * size);
      labels[row] = this.#set.labels[index]!;
    }
    writeLabels(labels, targets);
  }
}

/** Writes labels as a loss takes them: one number each, or a row with a 1 at the label. */
export function writeLabels(labels: Int32Array, targets: SlotView): void {
  if (targets.length === labels.length) targets.set(labels);
  else {
    const columns = targets.length / labels.length;
    targets.fill(0);
    for (let row = 0; row < labels.length; row++) targets[row * columns + labels[row]!] = 1;
  }
}
