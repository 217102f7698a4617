import { type Backend, Graph, lower, type SlotView } from "../engine/index.js";
import { buildLayers } from "./build-layers.js";
import { closingActivation, type ModelDescription, withoutClosingActivation } from "./model.js";
import { integer } from "./schema.js";
import { expectWeights, parametersOf, type Weights, writeWeights } from "./weights.js";

/** Samples of one batch, at most. */
export const batchSizeCheck = integer(1, 65536);

/** A model in use: dropout absent, batch normalisation by its running statistics. */
export interface InferenceProgram {
  readonly batchSize: number;
  /** Write `[batchSize, ...input]` here. */
  readonly inputs: SlotView;
  /** One whole batch from {@link inputs} to {@link outputs}. */
  run(): void;
  /** `[batchSize, ...output]`: logits where the model ends in a softmax or a sigmoid, which is left out. */
  readonly outputs: SlotView;
  setWeights(weights: Weights): void;
  close(): void;
}

/** Makes a program that applies the model to batches of a fixed size. */
export async function compileInference(
  model: ModelDescription,
  weights: Weights,
  { batchSize, backend }: { batchSize: number; backend: Backend },
): Promise<InferenceProgram> {
  const problem = batchSizeCheck(batchSize, "batchSize");
  if (problem !== undefined) throw new TypeError(`compileInference: ${problem}`);
  const closing = closingActivation(model);
  const applied =
    closing === "softmax" || closing === "sigmoid" ? withoutClosingActivation(model) : model;
  const parameters = parametersOf(applied);
  expectWeights(parameters, weights);

  const graph = new Graph();
  const input = graph.input("inputs", [batchSize, ...model.input]);
  const layers = buildLayers(graph, applied, { input, training: undefined });
  graph.result("outputs", layers.at(-1)?.output ?? input);

  const program = await backend.load(lower(graph));
  const { inputs, results } = program.plan;
  const setWeights = (given: Weights): void => {
    expectWeights(parameters, given);
    writeWeights(program, given);
  };
  setWeights(weights);
  return {
    batchSize,
    inputs: program.view(inputs.get("inputs")!),
    outputs: program.view(results.get("outputs")!),
    run: () => program.run(),
    setWeights,
    close: () => program.close(),
  };
}
