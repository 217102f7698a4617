import type { Backend } from "../engine/index.js";
import {
  describeModel,
  findNonFinite,
  type LossDescription,
  type ModelDescription,
  type TrainingProgram,
  type TrainingState,
  type Weights,
} from "../nn/index.js";
import type { DivergenceOrigin } from "./divergence-error.js";

/** A training whose loss was lost, and how to get back to the step in which it was. */
interface LostTraining {
  /** Steps taken before the one in question. */
  readonly step: number;
  /** A state from that step or before. */
  readonly snapshot: TrainingState;
  readonly takeStep: (step: number) => void;
  readonly loss: LossDescription;
  readonly seed: number;
  readonly backend: Backend;
}

/**
 * Finds where a loss was lost. By the time one sees it, its gradients have spread it over all weights;
 * so the steps since the snapshot are taken again, which gives the same bits, up to the one in question.
 */
export async function findDivergence(
  model: ModelDescription,
  program: TrainingProgram,
  { step, snapshot, takeStep, ...training }: LostTraining,
): Promise<DivergenceOrigin> {
  program.restore(snapshot);
  for (let taken = snapshot.step; taken < step; taken++) takeStep(taken);
  const weights = program.weights();
  // Leaves behind the inputs it was about.
  takeStep(step);
  const { inputs, batchSize } = program;
  const question = { ...training, weights, inputs, batchSize, step };
  return (await findNonFinite(model, question)) ?? THE_LOSS;
}

/** The first array of weights with a number that is not finite. */
export function brokenWeights(
  model: ModelDescription,
  weights: Weights,
): DivergenceOrigin | undefined {
  for (const [name, { data }] of weights) {
    if (data.every((value) => Number.isFinite(value))) continue;
    const [, index = "", part = ""] = name.split(".");
    return { layer: `layers[${index}] ${describeModel(model)[Number(index)]?.type}`, part };
  }
  return undefined;
}

/** Where every layer is finite still. */
export const THE_LOSS: DivergenceOrigin = { layer: "loss", part: "outputs" };
