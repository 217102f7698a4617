import type { Random } from "../../base/index.js";
import {
  type Augmentation,
  Augmenter,
  type FeatureSet,
  type ImageSet,
  imageAt,
  writeSamples,
} from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import { compileInference, type InferenceProgram } from "../../nn/index.js";
import type { Network } from "./cut-head.js";
import { BATCH_SIZE } from "./teacher.js";

/** Whoever waits for a turn, such as a listener for Ctrl-C, waits no longer than this. */
const BREATH_MS = 50;

/** Collects what the layers of a network make of images, row after row. */
export class TrunkFeatures {
  #program: InferenceProgram;
  #blocks: Float32Array[] = [];
  #labels: number[] = [];
  #onRows: (count: number) => void;
  #lastBreathMs = performance.now();

  private constructor(program: InferenceProgram, onRows: (count: number) => void) {
    this.#program = program;
    this.#onRows = onRows;
  }

  /** @param options.onRows - is told how many rows there are */
  static async create(
    { model, weights }: Network,
    { backend, onRows }: { readonly backend: Backend; readonly onRows: (count: number) => void },
  ): Promise<TrunkFeatures> {
    const program = await compileInference(model, weights, { batchSize: BATCH_SIZE, backend });
    return new TrunkFeatures(program, onRows);
  }

  /** Adds a row for each image as it is. */
  add(set: ImageSet): Promise<void> {
    return this.#addRows(set, (index, target) => {
      writeSamples(set, { start: index, end: index + 1 }, target);
    });
  }

  /** Adds a row for a deformed copy of each image. */
  addDeformed(
    set: ImageSet,
    { augmentation, random }: { readonly augmentation: Augmentation; readonly random: Random },
  ): Promise<void> {
    const augmenter = new Augmenter(set, augmentation);
    return this.#addRows(set, (index, target) => {
      augmenter.augment(imageAt(set, index), { target, random });
    });
  }

  /** All rows so far, in the order they were added. */
  rows(classes: readonly string[]): FeatureSet {
    const size = this.#program.outputs.length / BATCH_SIZE;
    const features = Array.from({ length: size }, (_, i) => `${i}`);
    const count = this.#labels.length;
    const values = new Float32Array(count * size);
    let at = 0;
    for (const block of this.#blocks) {
      values.set(block, at);
      at += block.length;
    }
    return { count, features, values, labels: Int32Array.from(this.#labels), classes };
  }

  close(): void {
    this.#program.close();
  }

  async #addRows(
    { count, labels }: ImageSet,
    write: (index: number, target: Float32Array | Float64Array) => void,
  ): Promise<void> {
    const { inputs, outputs } = this.#program;
    const size = inputs.length / BATCH_SIZE;
    for (let start = 0; start < count; start += BATCH_SIZE) {
      const end = Math.min(count, start + BATCH_SIZE);
      for (let i = start; i < end; i++) {
        write(i, (inputs as Float32Array).subarray((i - start) * size, (i - start + 1) * size));
        this.#labels.push(labels[i]!);
      }
      this.#program.run();
      const rows = ((end - start) * outputs.length) / BATCH_SIZE;
      this.#blocks.push(Float32Array.from(outputs.subarray(0, rows)));
      this.#onRows(this.#labels.length);
      if (performance.now() - this.#lastBreathMs > BREATH_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        this.#lastBreathMs = performance.now();
      }
    }
  }
}
