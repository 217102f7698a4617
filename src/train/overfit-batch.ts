import { Random } from "../base/index.js";
import { type SampleSet, subset } from "../data/index.js";
import type { ModelDescription } from "../nn/index.js";
import { DivergenceError } from "./divergence-error.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fit-options.js";

/** Share of the first loss that the last must not exceed. */
const NEAR_ZERO = 0.01;

/** Whether one batch could be learned by heart. */
export interface OverfitResult {
  readonly learned: boolean;
  readonly images: number;
  readonly steps: number;
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** What had to be reached: a hundredth of the first loss. */
  readonly goal: number;
  /** Of the last step. */
  readonly accuracy: number;
  /** How the loss was lost, if it was. */
  readonly divergence?: DivergenceError;
}

/**
 * Trains on one batch alone until its loss is near zero. A network that cannot learn a handful of
 * images by heart has a fault, or too low or too high a rate; one that can may still learn nothing
 * else. Without deformations, averages, smoothed targets and schedule, which would stand in the way;
 * the loss is the smaller of that in training and that in use, for dropout hinders the one and young
 * running statistics the other.
 */
export async function overfitBatch(
  model: ModelDescription,
  set: SampleSet,
  options: FitOptions,
  maxSteps: number,
): Promise<OverfitResult> {
  const { batchSize, learningRate, optimizer, clipNorm, seed, backend } = options;
  const { loss = { type: "crossEntropy" } } = options;
  const count = Math.min(batchSize, set.count);
  const order = new Random(seed)
    .fork("overfit")
    .shuffle(Uint32Array.from({ length: set.count }, (_, i) => i));
  const batch = subset(set, order.subarray(0, count));
  const done = new AbortController();
  const losses: number[] = [];
  let accuracy = 0;
  const result = (divergence?: DivergenceError): OverfitResult => {
    const goal = NEAR_ZERO * (losses[0] ?? 0);
    const lastLoss = losses.at(-1) ?? Number.NaN;
    const learned = divergence === undefined && lastLoss <= goal;
    const figures = { images: count, steps: losses.length, firstLoss: losses[0] ?? Number.NaN };
    return { learned, ...figures, lastLoss, goal, accuracy, ...(divergence && { divergence }) };
  };
  try {
    await fit(model, batch, {
      epochs: maxSteps,
      batchSize: count,
      learningRate,
      loss: "smoothing" in loss ? { ...loss, smoothing: 0 } : loss,
      optimizer,
      ...(clipNorm !== undefined && { clipNorm }),
      seed,
      backend,
      validation: batch,
      signal: done.signal,
      onEpoch(record) {
        const best = record.validation!.loss < record.loss ? record.validation! : record;
        losses.push(losses.length === 0 ? record.loss : best.loss);
        accuracy = best.accuracy;
        if (result().learned) done.abort();
      },
    });
  } catch (error) {
    if (error instanceof DivergenceError) return result(error);
    throw error;
  }
  return result();
}
