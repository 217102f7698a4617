import {
  type Backend,
  constant,
  countCorrect,
  Graph,
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
import { number, oneOf, optional } from "./schema.js";
import { AVERAGE, StepProgram, type TrainingProgram } from "./training-program.js";
import { expectWeights, parametersOf, type Weights, writeWeights } from "./weights.js";

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
  const { batchSize, loss, optimizer, weights, averageDecay, seed, backend } = options;
  const { targets = loss.type === "crossEntropy" ? "sparse" : "dense" } = options;
  const learned = modelForLoss(model, loss);
  expectWeights(parametersOf(learned), weights);

  const graph = new Graph();
  const parameters = addForward(graph, learned, { loss, targets, batchSize });
  const trained = parameters.filter(({ parameter }) => parameter.trained);
  addUpdates(graph, trained, options);
  if (averageDecay !== undefined) addAverages(graph, trained, averageDecay);

  const program = await backend.load(lower(graph));
  writeWeights(program, weights);
  if (averageDecay !== undefined) {
    const start = trained.map(({ name }) => [name, weights.get(name)!] as const);
    writeWeights(program, new Map(start), AVERAGE);
  }
  return new StepProgram(program, { batchSize, parameters, optimizer, seed });
}

function expectOptions(options: TrainingOptions): void {
  const { batchSize, loss, targets, optimizer, averageDecay, clipNorm } = options;
  const problem =
    batchSizeCheck(batchSize, "batchSize") ??
    lossCheck(loss, "loss") ??
    optional(oneOf("sparse", "dense"))(targets, "targets") ??
    optimizerCheck(optimizer, "optimizer") ??
    optional(number(0, 0.9999999))(averageDecay, "averageDecay") ??
    optional(number(1e-12, 1e12))(clipNorm, "clipNorm");
  if (problem !== undefined) throw new TypeError(`compileTraining: ${problem}`);
}

/** From the inputs to the mean loss (result `loss`), and what was right (result `correct`). */
function addForward(
  graph: Graph,
  model: ModelDescription,
  options: { loss: LossDescription; targets: TargetKind; batchSize: number },
): BuiltParameter[] {
  const { loss, targets: kind, batchSize } = options;
  const input = graph.input("inputs", [batchSize, ...model.input]);
  const seed = graph.input("seed", [1], "i32");
  const layers = buildLayers(graph, model, { input, training: { seed } });
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

/** Lets an average follow every trained array: a ← decay·a + (1 - decay)·p. */
function addAverages(graph: Graph, trained: readonly BuiltParameter[], decay: number): void {
  for (const { name, node } of trained) {
    const average = graph.state(AVERAGE + name, node.shape);
    graph.apply(movingAverage, [average, node], { decay });
  }
}
