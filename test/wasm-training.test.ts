import { describe, expect, it } from "vitest";
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
  referenceBackend,
  relu,
  reshape,
  softmaxCrossEntropy,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";

const BATCH = 13;

/** A training step with most kinds of layers, its sizes odd. */
function trainingPlan(): Plan {
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

function start(program: Program): void {
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

/** Runs steps; returns the losses. */
function train(program: Program, steps: number): number[] {
  const { inputs, results } = program.plan;
  const view = (name: string) => program.view((inputs.get(name) ?? results.get(name))!);
  const [rates, seed, loss] = [view("rates"), view("seed"), view("loss")];
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    seed[0] = step;
    rates.set([0.002, 1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step), 0]);
    program.run();
    losses.push(loss[0]);
  }
  return losses;
}

const weightsOf = (program: Program): number[][] =>
  [...program.plan.states.values()].map((slot) => [...program.view(slot)]);

describe("a whole training step in wasm", () => {
  const plan = trainingPlan();

  for (const strict of [false, true]) {
    it(`gives the same bits with 1, 2 and 4 threads, ${strict ? "strict" : "fused"}`, async () => {
      const results: number[][][] = [];
      for (const threads of [1, 2, 4]) {
        const backend = await wasmBackend({ threads, strict, host: threadHost });
        const program = await backend.load(plan);
        start(program);
        train(program, 12);
        results.push(weightsOf(program));
        program.close();
      }
      expect(results[0]?.flat().every(Number.isFinite)).toBe(true);
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    });
  }

  it("learns as the reference does", async () => {
    const backend = await wasmBackend({ threads: 2, host: threadHost });
    const programs = [await referenceBackend.load(plan), await backend.load(plan)];
    const [expected, got] = programs.map((program) => {
      start(program);
      return train(program, 12);
    }) as [number[], number[]];
    expected.forEach((loss, step) => {
      expect(Math.abs((got[step] as number) - loss)).toBeLessThan(2e-3 * loss);
    });
    expect(expected.at(-1)).toBeLessThan(0.8 * (expected[0] as number));
    for (const program of programs) program.close();
  });

  it("runs on when another program has the cores", async () => {
    // More threads than cores: somebody always waits for a thread that is not running.
    const backend = await wasmBackend({ threads: 8, host: threadHost, shareFrom: 0 });
    const program = await backend.load(plan);
    start(program);
    const begin = performance.now();
    train(program, 20);
    expect((performance.now() - begin) / 20).toBeLessThan(1000);
    program.close();
  });

  it("is done by the others where a thread does not come", async () => {
    const absent = { ...threadHost, spawn: async () => ({ stop: () => {} }) };
    const results: number[][][] = [];
    for (const host of [threadHost, absent]) {
      const backend = await wasmBackend({ threads: 3, host });
      const program = await backend.load(plan);
      start(program);
      train(program, 3);
      results.push(weightsOf(program));
      program.close();
    }
    expect(results[1]).toEqual(results[0]);
  });

  it("takes no memory from step to step", async () => {
    const backend = await wasmBackend({ threads: 2, host: threadHost });
    const program = await backend.load(plan);
    start(program);
    train(program, 100);
    const before = process.memoryUsage();
    for (let step = 0; step < 400; step++) program.run();
    const after = process.memoryUsage();
    expect(after.heapUsed - before.heapUsed).toBeLessThan(1_000_000);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1_000_000);
    program.close();
  });
});

describe("wasmBackend", () => {
  it("says what it uses", async () => {
    expect((await wasmBackend({ strict: true })).description).toBe("wasm, SIMD, 1 thread");
    const threaded = await wasmBackend({ threads: 2, host: threadHost });
    expect(threaded.description).toBe("wasm, SIMD with fused multiply-add, 2 threads");
  });

  it("stays with one thread where it has no host for others, and says so", async () => {
    const { description } = await wasmBackend({ threads: 4, strict: true });
    expect(description).toBe("wasm, SIMD, 1 thread (no thread host)");
  });

  it("refuses a number of threads that makes no sense", async () => {
    const message = "wasmBackend: threads must be an integer from 1 to 64, got 0";
    await expect(wasmBackend({ threads: 0 })).rejects.toThrow(message);
  });

  it("fails with a hint when a program does not fit the memory of WebAssembly", async () => {
    const graph = new Graph();
    graph.result("y", graph.apply(relu, [graph.input("x", [1 << 30])], {}));
    const backend = await wasmBackend();
    await expect(backend.load(lower(graph))).rejects.toThrow(
      "wasm: a program must fit 4 GiB, got 8.0 GiB; use a smaller batch",
    );
  });

  it("closes a program once and for all", async () => {
    const backend = await wasmBackend({ threads: 2, host: threadHost });
    const program = await backend.load(trainingPlan());
    program.close();
    expect(() => program.close()).not.toThrow();
  });
});
