import { type Backend, Graph, lower } from "../engine/index.js";
import { buildLayers } from "./build-layers.js";
import { type LossDescription, modelForLoss } from "./losses.js";
import type { ModelDescription } from "./model.js";
import { dropoutSeed } from "./training-program.js";
import { type Weights, writeWeights } from "./weights.js";

/** A training step to look into. */
export interface StepInQuestion {
  readonly loss: LossDescription;
  /** As they were before the step. */
  readonly weights: Weights;
  /** `[batchSize, ...input]` */
  readonly inputs: ArrayLike<number>;
  readonly batchSize: number;
  readonly seed: number;
  /** Steps taken before it. */
  readonly step: number;
  readonly backend: Backend;
}

/**
 * The first part of a network whose numbers are not finite in the forward pass of a training step,
 * in the order of the layers: one of a layer's arrays, or its outputs. `undefined` where all are finite.
 */
export async function findNonFinite(
  model: ModelDescription,
  { loss, weights, inputs, batchSize, seed, step, backend }: StepInQuestion,
): Promise<{ layer: string; part: string } | undefined> {
  const graph = new Graph();
  const input = graph.input("inputs", [batchSize, ...model.input]);
  const seedNode = graph.input("seed", [1], "i32");
  const applied = modelForLoss(model, loss);
  const layers = buildLayers(graph, applied, { input, training: { seed: seedNode } });
  for (const [index, { output }] of layers.entries()) graph.result(`${index}`, output);
  const program = await backend.load(lower(graph));
  try {
    const { inputs: slots, results } = program.plan;
    writeWeights(program, weights);
    program.view(slots.get("inputs")!).set(inputs);
    program.view(slots.get("seed")!)[0] = dropoutSeed(seed, step);
    program.run();
    for (const [index, { description, parameters }] of layers.entries()) {
      const layer = `layers[${index}] ${description.type}`;
      const broken = parameters.find(({ name }) => !allFinite(weights.get(name)!.data));
      if (broken !== undefined) return { layer, part: broken.parameter.name };
      if (!allFinite(program.view(results.get(`${index}`)!))) return { layer, part: "outputs" };
    }
    return undefined;
  } finally {
    program.close();
  }
}

function allFinite(numbers: Float32Array | Float64Array | Int32Array): boolean {
  return numbers.every((value) => Number.isFinite(value));
}
