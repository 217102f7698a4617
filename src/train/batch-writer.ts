import type { Random } from "../base/index.js";
import { imageAt, isImageSet, type SampleSet, writeSamples } from "../data/index.js";
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

/** Bytes of samples that are put into the program's memory as a whole, at most: 256 MiB. */
const BANK_BYTES = 2 ** 28;

/** How many samples a program takes the batches of a set from; absent where it is to be given numbers. */
export function bankCountOf(set: SampleSet, batchSize: number): number | undefined {
  if (!isImageSet(set)) return undefined;
  return set.images.length <= BANK_BYTES ? set.count : batchSize;
}

/** The samples as they are. */
export class BatchWriter implements Batches {
  #program: TrainingProgram;
  #set: SampleSet;
  #stream: SampleStream;
  #labels: Int32Array;

  constructor(program: TrainingProgram, set: SampleSet, random: Random) {
    this.#program = program;
    this.#set = set;
    this.#stream = new SampleStream(set.count, random);
    this.#labels = new Int32Array(program.batchSize);
    if (isImageSet(set) && program.bank?.bytes.length === set.images.length) {
      program.bank.bytes.set(set.images);
    }
  }

  write(step: number): void {
    const { targets, batchSize } = this.#program;
    this.#stream.seek(step * batchSize);
    for (let row = 0; row < batchSize; row++) {
      const index = this.#stream.next();
      this.#writeSample(index, row);
      this.#labels[row] = this.#set.labels[index]!;
    }
    writeLabels(this.#labels, targets);
  }

  #writeSample(index: number, row: number): void {
    const { inputs, bank, batchSize } = this.#program;
    const size = inputs.length / batchSize;
    if (bank === undefined || !isImageSet(this.#set)) {
      writeSamples(this.#set, { start: index, end: index + 1 }, inputs, row * size);
      return;
    }
    const isWhole = bank.bytes.length === this.#set.images.length;
    bank.indices[row] = isWhole ? index : row;
    if (!isWhole) bank.bytes.set(imageAt(this.#set, index), row * size);
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
