import type { Random } from "../base/index.js";
import { type Augmentation, Augmenter, type ImageSet, imageAt } from "../data/index.js";
import type { SlotView } from "../engine/index.js";
import type { TrainingProgram } from "../nn/index.js";
import { type Batches, writeLabels } from "./batch-writer.js";
import { SampleStream } from "./sample-stream.js";

/** The images deformed, anew every time they are seen; a step ahead, beside the step before. */
export class DeformedBatches implements Batches {
  #program: TrainingProgram;
  #set: ImageSet;
  #random: Random;
  #stream: SampleStream;
  #augmenter: Augmenter;
  /** The step that images and labels belong to; none yet if below 0. */
  #step = -1;
  #images: RealView;
  #labels: Int32Array;

  constructor(
    program: TrainingProgram,
    set: ImageSet,
    options: { random: Random; augmentation: Augmentation },
  ) {
    const { random, augmentation } = options;
    this.#program = program;
    this.#set = set;
    this.#random = random;
    this.#stream = new SampleStream(set.count, random);
    this.#augmenter = new Augmenter(set, augmentation);
    this.#images = (program.inputs as RealView).slice();
    this.#labels = new Int32Array(program.batchSize);
  }

  prepare(step: number): void {
    const { batchSize } = this.#program;
    const size = this.#images.length / batchSize;
    const random = this.#random.fork(`augmentation ${step}`);
    this.#stream.seek(step * batchSize);
    for (let row = 0; row < batchSize; row++) {
      const index = this.#stream.next();
      const target = this.#images.subarray(row * size, (row + 1) * size);
      this.#augmenter.augment(imageAt(this.#set, index), { target, random });
      this.#labels[row] = this.#set.labels[index]!;
    }
    this.#step = step;
  }

  write(step: number): void {
    if (this.#step !== step) this.prepare(step);
    this.#program.inputs.set(this.#images);
    writeLabels(this.#labels, this.#program.targets);
  }
}

/** Inputs are real numbers; only targets and seeds are integers. */
type RealView = Exclude<SlotView, Int32Array>;
