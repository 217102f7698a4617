import { Random } from "../src/base/index.js";
import {
  adam,
  addBias,
  batchNorm,
  batchStatistics,
  constant,
  conv2d,
  dropout,
  Graph,
  lower,
  matmul,
  maxPool2d,
  mean,
  type Node,
  type Plan,
  type Program,
  relu,
  reshape,
  softmaxCrossEntropy,
} from "../src/engine/index.js";

const BATCH = 13;

/** A training step with most kinds of layers, its sizes odd. */
export function trainingPlan(): Plan {
  const graph = new Graph();
  const x = graph.input("x", [BATCH, 15, 15, 3]);
  const labels = graph.input("labels", [BATCH], "i32");
  const seed = graph.input("seed", [1], "i32");
  const parameters: Node[] = [];
  const parameter = (name: string, ...shape: number[]): Node => {
    parameters.push(graph.state(name, shape));
    return parameters.at(-1) as Node;
  };
  const convolved = graph.apply(conv2d, [x, parameter("filter", 5, 5, 3, 21)], {
    strides: [1, 1] as const,
    padding: [2, 2, 2, 2] as const,
  });
  const statistics = graph.apply(batchStatistics, [convolved], {});
  const scales = [parameter("gamma", 21), parameter("beta", 21)];
  const normal = graph.apply(batchNorm, [convolved, ...scales, statistics], {
    epsilon: 1e-3,
    frozen: false,
  });
  const pooled = graph.apply(maxPool2d, [graph.apply(relu, [normal], {})], {
    size: [3, 3] as const,
    strides: [2, 2] as const,
    padding: [1, 1, 1, 1] as const,
  });
  const flat = graph.apply(reshape, [pooled], { shape: [BATCH, 8 * 8 * 21] });
  const dense = (input: Node, name: string, units: number): Node => {
    const weight = parameter(`${name} weight`, input.shape[1] ?? 0, units);
    const product = graph.apply(matmul, [input, weight], { transposeA: false, transposeB: false });
    return graph.apply(addBias, [product, parameter(`${name} bias`, units)], {});
  };
  const hidden = graph.apply(relu, [dense(flat, "hidden", 150)], {});
  const kept = graph.apply(dropout, [hidden, seed], { rate: 0.3, stream: 1 });
  const logits = dense(kept, "output", 10);
  const losses = graph.apply(softmaxCrossEntropy, [logits, labels], { smoothing: 0.1 });
  const loss = graph.apply(mean, [losses], {});
  const one = graph.apply(constant, [], { shape: [1], value: 1 });
  const rates = graph.input("rates", [4]);
  const attributes = {
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0.01,
    decoupled: true,
  };
  const gradients = graph.gradients(loss, parameters, one);
  for (const [i, p] of parameters.entries()) {
    const moments = ["first", "second"].map((name) => graph.state(`${p.label} ${name}`, p.shape));
    graph.apply(adam, [p, ...moments, gradients[i] as Node, rates], attributes);
  }
  graph.result("loss", loss);
  return lower(graph);
}

/** Fills in inputs and weights, the same every time. */
export function start(program: Program): void {
  const random = new Random(5);
  const { inputs, states } = program.plan;
  for (const [name, slot] of [...inputs, ...states]) {
    const view = program.view(slot);
    if (/first|second/.test(name)) continue;
    for (let i = 0; i < view.length; i++) {
      view[i] = name === "labels" ? random.integer(10) : Math.fround(random.between(-0.2, 0.2));
    }
  }
}

/** Runs steps, as `run` does; returns the losses. */
export function train(program: Program, steps: number, run = () => program.run()): number[] {
  const { inputs, results } = program.plan;
  const view = (name: string) => program.view((inputs.get(name) ?? results.get(name))!);
  const [rates, seed, loss] = [view("rates"), view("seed"), view("loss")];
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    seed[0] = step;
    rates.set([0.002, 1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step), 0]);
    run();
    losses.push(loss[0]);
  }
  return losses;
}

/** Weights and moments of the optimizer. */
export function weightsOf(program: Program): number[][] {
  return [...program.plan.states.values()].map((slot) => [...program.view(slot)]);
}

/** What tells weights apart that differ in any bit, and is short: their SHA-256. */
export async function digestOf(program: Program): Promise<string> {
  const bits = Float32Array.from(weightsOf(program).flat());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bits));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
