import { type SampleSet, sampleShape, writeSamples } from "../data/index.js";
import { type Backend, sizeOf } from "../engine/index.js";
import {
  compileInference,
  describeModel,
  expectSampleShape,
  type ModelDescription,
  type Weights,
} from "../nn/index.js";

/** Most numbers that the input and the layers of a batch may have: 256 MiB. */
const MAX_NUMBERS = 2 ** 26;

/** Whoever waits for a turn, such as a listener for Ctrl-C, waits no longer than this. */
const BREATH_MS = 50;

export interface PredictOptions {
  readonly backend: Backend;
  /** Images at once; 256 if not said, or fewer where images are large. */
  readonly batchSize?: number;
  /** Is told after each batch the share of the images that are done. */
  readonly onProgress?: (share: number) => void;
}

/**
 * What a model answers to each sample of a set, batch by batch. Throws a `ShapeError` where the samples
 * are not of the shape it takes. The last batch is filled up, its surplus dropped.
 *
 * @returns `[set.count, classes]`: logits, or what the model ends in where that is no softmax and no sigmoid
 */
export async function predict(
  model: ModelDescription,
  weights: Weights,
  set: SampleSet,
  { backend, batchSize = batchSizeFor(model), onProgress }: PredictOptions,
): Promise<Float32Array> {
  expectSampleShape("predict", model, sampleShape(set));
  const program = await compileInference(model, weights, { backend, batchSize });
  try {
    const { inputs, outputs } = program;
    const classes = outputs.length / batchSize;
    const results = new Float32Array(set.count * classes);
    let lastBreathMs = performance.now();
    for (let start = 0; start < set.count; start += batchSize) {
      const samples = writeSamples(set, { start, end: start + batchSize }, inputs);
      program.run();
      results.set(outputs.subarray(0, samples * classes), start * classes);
      onProgress?.(Math.min(1, (start + batchSize) / set.count));
      if (performance.now() - lastBreathMs > BREATH_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        lastBreathMs = performance.now();
      }
    }
    return results;
  } finally {
    program.close();
  }
}

function batchSizeFor(model: ModelDescription): number {
  const shapes = [model.input, ...describeModel(model).map(({ outputShape }) => outputShape)];
  const numbers = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return Math.max(1, Math.min(256, Math.floor(MAX_NUMBERS / numbers)));
}
