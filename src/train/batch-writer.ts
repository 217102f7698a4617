import type { Random } from "../base/index.js";
import {
  type Augmentation,
  Augmenter,
  type ImageSet,
  imageAt,
  isImageSet,
  type SampleSet,
  writeSamples,
} from "../data/index.js";
import type { SlotView } from "../engine/index.js";
import type { TrainingProgram } from "../nn/index.js";
import { SampleStream } from "./sample-stream.js";

/** Fills the inputs and targets of a training program, step after step. */
export class BatchWriter {
  #program: TrainingProgram;
  #set: SampleSet;
  #random: Random;
  #stream: SampleStream;
  #deformed: { readonly augmenter: Augmenter; readonly images: ImageSet } | undefined;

  /** @param augmentation - how each image is deformed, anew every time; not at all if absent */
  constructor(
    program: TrainingProgram,
    set: SampleSet,
    options: { random: Random; augmentation: Augmentation | undefined },
  ) {
    const { random, augmentation } = options;
    this.#program = program;
    this.#set = set;
    this.#random = random;
    this.#stream = new SampleStream(set.count, random);
    if (augmentation === undefined || !isImageSet(set)) return;
    this.#deformed = { augmenter: new Augmenter(set, augmentation), images: set };
  }

  /**
   * Writes the images of a step and their labels, the same ones whatever was written before: class indices `[batch]`, or rows with a 1
   * at the label, `[batch, classes]`, where the loss compares whole rows.
   *
   * @param step - from 0; decides, with the seed, which images they are and how they are deformed
   */
  write(step: number): void {
    const { inputs, targets, batchSize } = this.#program;
    const { labels } = this.#set;
    const size = inputs.length / batchSize;
    const columns = targets.length / batchSize;
    const random = this.#random.fork(`augmentation ${step}`);
    this.#stream.seek(step * batchSize);
    if (columns > 1) targets.fill(0);
    for (let row = 0; row < batchSize; row++) {
      const index = this.#stream.next();
      const label = labels[index]!;
      if (this.#deformed === undefined) {
        writeSamples(this.#set, { start: index, end: index + 1 }, inputs, row * size);
      } else {
        const { augmenter, images } = this.#deformed;
        const target = (inputs as RealView).subarray(row * size, (row + 1) * size);
        augmenter.augment(imageAt(images, index), { target, random });
      }
      if (columns > 1) targets[row * columns + label] = 1;
      else targets[row] = label;
    }
  }
}

/** Inputs are real numbers; only targets and seeds are integers. */
type RealView = Exclude<SlotView, Int32Array>;
