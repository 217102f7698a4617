import {
  type Backend,
  constant,
  countCorrect,
  Graph,
  gather,
  lower,
  mean,
  movingAverage,
  type Node,
} from "../engine/index.js";
import { type BuiltParameter, buildLayers } from "./build-layers.js";
import { clipGradients } from "./clip-gradients.js";
import { batchSizeCheck } from "./compile-inference.js";
import {
  applyLoss,
  type LossDescription,
  lossCheck,
  modelForLoss,
  type TargetKind,
} from "./losses.js";
import type { ModelDescription } from "./model.js";
import {
  momentsOf,
  type OptimizerDescription,
  optimizerCheck,
  updateParameter,
} from "./optimizers.js";
import { integer, number, oneOf, optional } from "./schema.js";
import { AVERAGE, StepProgram, type TrainingProgram } from "./training-program.js";
import { expectWeights, parametersOf, type Weights, writeWeights } from "./weights.js";

/** Prefix of the states that hold the weights training started from. */
const START = "start.";

/** Samples of a bank at most. */
const MAX_BANK = 2 ** 28;

export interface TrainingOptions {
  readonly batchSize: number;
  readonly loss: LossDescription;
  /** Default: `sparse` for cross-entropy, else `dense`. */
  readonly targets?: TargetKind;
  readonly optimizer: OptimizerDescription;
  /** What training starts from. */
  readonly weights: Weights;
  /**
   * Share of the average of weights kept at each step, below 1; absent: no average is kept. The
   * average starts at the starting weights.
   */
  readonly averageDecay?: number;
  /** Greatest length of the gradient of all weights together; absent: any. */
  readonly clipNorm?: number;
  /**
   * Share of the way back to the starting weights that every trained array goes after each step: L2-SP
   * (Li et al. 2018), apart from the gradient as in AdamW. Absent: none.
   */
  readonly pull?: number;
  /** Whether batch normalisation goes by its running statistics, as in use, and leaves them as they are. */
  readonly frozenStatistics?: boolean;
  /**
   * Samples of a set of bytes that is put into the program's memory once, so that a step takes nothing
   * but their indices; absent: each batch is written before its step.
   */
  readonly bankCount?: number;
  /** Of dropout; any integer. */
  readonly seed: number;
  readonly backend: Backend;
}

/**
 * Makes a program whose every step is one whole step of training: forward, loss, gradients,
 * optimizer, running statistics and average of the weights. Throws a `TypeError` or a `ShapeError`
 * where the options don't fit the model.
 */
export async function compileTraining(
  model: ModelDescription,
  options: TrainingOptions,
): Promise<TrainingProgram> {
  expectOptions(options);
  const { batchSize, loss, optimizer, weights, averageDecay, pull, seed, backend } = options;
  const { targets = loss.type === "crossEntropy" ? "sparse" : "dense" } = options;
  const learned = modelForLoss(model, loss);
  expectWeights(parametersOf(learned), weights);

  const graph = new Graph();
  const parameters = addForward(graph, learned, { ...options, targets });
  const trained = parameters.filter(({ parameter }) => parameter.trained);
  addUpdates(graph, trained, options);
  if (pull !== undefined) addPull(graph, trained, pull);
  if (averageDecay !== undefined) addAverages(graph, trained, averageDecay);

  const program = await backend.load(lower(graph));
  writeWeights(program, weights);
  const start = new Map(trained.map(({ name }) => [name, weights.get(name)!]));
  if (averageDecay !== undefined) writeWeights(program, start, AVERAGE);
  if (pull !== undefined) writeWeights(program, start, START);
  return new StepProgram(program, { batchSize, parameters, optimizer, seed });
}

function expectOptions(options: TrainingOptions): void {
  const { batchSize, loss, targets, optimizer, averageDecay, clipNorm, pull, bankCount } = options;
  const problem =
    batchSizeCheck(batchSize, "batchSize") ??
    lossCheck(loss, "loss") ??
    optional(oneOf("sparse", "dense"))(targets, "targets") ??
    optimizerCheck(optimizer, "optimizer") ??
    optional(number(0, 0.9999999))(averageDecay, "averageDecay") ??
    optional(number(1e-12, 1e12))(clipNorm, "clipNorm") ??
    optional(number(0, 1))(pull, "pull") ??
    optional(integer(1, MAX_BANK))(bankCount, "bankCount");
  if (problem !== undefined) throw new TypeError(`compileTraining: ${problem}`);
}

/** From the inputs to the mean loss (result `loss`), and what was right (result `correct`). */
function addForward(
  graph: Graph,
  model: ModelDescription,
  options: Pick<TrainingOptions, "loss" | "batchSize" | "bankCount" | "frozenStatistics"> & {
    targets: TargetKind;
  },
): BuiltParameter[] {
  const { loss, targets: kind, batchSize, bankCount, frozenStatistics = false } = options;
  const input = graph.input("inputs", [batchSize, ...model.input]);
  if (bankCount !== undefined) {
    const bank = graph.input("bank", [bankCount, ...model.input], "u8");
    const indices = graph.input("indices", [batchSize], "i32");
    graph.apply(gather, [input, bank, indices], {});
  }
  const seed = graph.input("seed", [1], "i32");
  const layers = buildLayers(graph, model, { input, training: { seed, frozenStatistics } });
  const output = layers.at(-1)?.output ?? input;
  const { targets, losses } = applyLoss(graph, loss, { output, targets: kind });
  graph.result("loss", graph.apply(mean, [losses], {}));
  if (kind === "sparse") graph.result("correct", graph.apply(countCorrect, [output, targets], {}));
  // With dense targets the count is taken from the outputs when somebody asks for it.
  else graph.result("outputs", output);
  return layers.flatMap((layer) => layer.parameters);
}

/** Gradients of the mean loss, clipped if asked for, and the optimizer's update of every trained array. */
function addUpdates(
  graph: Graph,
  trained: readonly BuiltParameter[],
  { optimizer, clipNorm }: Pick<TrainingOptions, "optimizer" | "clipNorm">,
): void {
  const rates = graph.input("rates", [4]);
  const one = graph.apply(constant, [], { shape: [1], value: 1 });
  const targets = trained.map(({ node }) => node);
  const whole = graph.gradients(graph.results.get("loss") as Node, targets, one);
  const gradients = clipNorm === undefined ? whole : clipGradients(graph, whole, clipNorm);
  trained.forEach(({ name, node }, index) => {
    const moments = momentsOf(optimizer).map((moment) =>
      graph.state(`optimizer.${name}.${moment}`, node.shape),
    );
    const gradient = gradients[index];
    graph.within(name, () =>
      updateParameter(graph, optimizer, { parameter: node, gradient, moments, rates }),
    );
  });
}

/** Lets every trained array go back a share of the way to where it started: p ← p + pull·(start - p). */
function addPull(graph: Graph, trained: readonly BuiltParameter[], pull: number): void {
  for (const { name, node } of trained) {
    const start = graph.state(START + name, node.shape);
    graph.apply(movingAverage, [node, start], { decay: 1 - pull });
  }
}

/** Lets an average follow every trained array: a ← decay·a + (1 - decay)·p. */
function addAverages(graph: Graph, trained: readonly BuiltParameter[], decay: number): void {
  for (const { name, node } of trained) {
    const average = graph.state(AVERAGE + name, node.shape);
    graph.apply(movingAverage, [average, node], { decay });
  }
}
