import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import {
  adam,
  Graph,
  gather,
  lower,
  matmul,
  type Node,
  type Plan,
  type Program,
  referenceBackend,
  reshape,
  rmsprop,
  type SlotView,
  sgd,
  sgdMomentum,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";

/*
 * Products that pass over zeros are compared with those that do not: the same plan with the images as
 * a state, of which no zeros are looked for.
 */

interface Extents {
  readonly images: number;
  readonly pixels: number;
  readonly units: number;
}

/** From the inputs x and the gradient dy both products of a dense layer, `y = x·w` and `dw = xᵀ·dy`. */
function layer({ images, pixels, units }: Extents, kind: "input" | "state"): Plan {
  const graph = new Graph();
  const x = graph[kind]("x", [images, pixels]);
  const w = graph.state("w", [pixels, units]);
  const dy = graph.input("dy", [images, units]);
  graph.result("y", graph.apply(matmul, [x, w], { transposeA: false, transposeB: false }));
  graph.result("dw", graph.apply(matmul, [x, dy], { transposeA: true, transposeB: false }));
  return lower(graph);
}

/** What an optimizer is given. */
interface Learner {
  readonly w: Node;
  readonly gradient: Node;
  readonly rates: Node;
}

/** A layer whose weights learn: `w` is updated by `xᵀ·(x·w - target)`. */
function learning(
  { images, pixels, units }: Extents,
  kind: "input" | "state",
  update: (graph: Graph, nodes: Learner) => void,
): Plan {
  const graph = new Graph();
  const x = graph[kind]("x", [images, pixels]);
  const w = graph.state("w", [pixels, units]);
  const y = graph.apply(matmul, [x, w], { transposeA: false, transposeB: false });
  graph.result("y", y);
  const gradient = graph.apply(matmul, [x, y], { transposeA: true, transposeB: false });
  update(graph, { w, gradient, rates: graph.input("rates", [4]) });
  return lower(graph);
}

/** Everything there is to read, told apart by any bit. */
function digestsOf(program: Program): Map<string, string> {
  const { states, results } = program.plan;
  const named = [...states, ...results].filter(([name]) => name !== "x");
  const digest = (view: SlotView): string =>
    createHash("sha256").update(Float32Array.from(view)).digest("hex");
  return new Map(named.map(([name, slot]) => [name, digest(program.view(slot))]));
}

/** The array of a leaf or a result. */
function arrayOf(program: Program, name: string): SlotView {
  const { inputs, states, results } = program.plan;
  return program.view((inputs.get(name) ?? states.get(name) ?? results.get(name))!);
}

/** Writes arrays and runs a step. */
function run(program: Program, arrays: Readonly<Record<string, readonly number[]>>): Program {
  for (const [name, numbers] of Object.entries(arrays)) arrayOf(program, name).set(numbers);
  program.prepare();
  program.run();
  return program;
}

function numbers(random: Random, density: number, count: number): number[] {
  return Array.from({ length: count }, () =>
    random.between(0, 1) < density ? Math.fround(random.between(-1, 1)) : 0,
  );
}

const DENSITIES = [0, 0.01, 0.2, 0.5, 1];
const SIZES: readonly Extents[] = [
  { images: 1, pixels: 784, units: 128 },
  { images: 2, pixels: 33, units: 7 },
  { images: 3, pixels: 64, units: 33 },
  { images: 5, pixels: 65, units: 1 },
  { images: 32, pixels: 100, units: 10 },
  { images: 65, pixels: 131, units: 36 },
  { images: 130, pixels: 47, units: 100 },
  // Masks of three words for a last group of a single column.
  { images: 140, pixels: 33, units: 40 },
];

describe("products with inputs, whose zeros are passed over", () => {
  for (const variant of ["fused", "strict"] as const) {
    for (const extents of SIZES) {
      const { images, pixels, units } = extents;
      it(`give the bits of those with all numbers: ${images} images of ${pixels} for ${units} units, ${variant}`, async () => {
        const random = new Random(1).fork(`${pixels}`);
        const w = numbers(random, 1, pixels * units);
        const dy = numbers(random, 1, images * units);
        const strict = variant === "strict";
        const host = threadHost;
        const whole = await (await wasmBackend({ strict, host })).load(layer(extents, "state"));
        const programs = new Map<number, Program>();
        for (const threads of images * pixels > 3000 ? [1, 2, 4] : [1]) {
          const backend = await wasmBackend({ strict, threads, host, shareFrom: 0 });
          programs.set(threads, await backend.load(layer(extents, "input")));
        }
        for (const density of DENSITIES) {
          const x = numbers(random, density, images * pixels);
          // A blank image, and zeros below 0.
          x.fill(0, 0, pixels);
          for (let i = 0; i < x.length; i += 7) if (x[i] === 0) x[i] = -0;
          const expected = digestsOf(run(whole, { x, w, dy }));
          for (const [threads, program] of programs) {
            const got = digestsOf(run(program, { x, w, dy }));
            expect(got, `density ${density}, ${threads} threads`).toEqual(expected);
          }
        }
        for (const program of programs.values()) program.close();
      });
    }
  }

  it("carry on what is no number in an image", async () => {
    const backend = await wasmBackend({ host: threadHost });
    const extents = { images: 4, pixels: 90, units: 20 };
    const random = new Random(2);
    const x = numbers(random, 0.1, 4 * 90);
    x[5] = Number.NaN;
    x[95] = Number.POSITIVE_INFINITY;
    const arrays = { x, w: numbers(random, 1, 90 * 20), dy: numbers(random, 1, 4 * 20) };
    const expected = digestsOf(run(await backend.load(layer(extents, "state")), arrays));
    expect(digestsOf(run(await backend.load(layer(extents, "input")), arrays))).toEqual(expected);
  });

  it("are no number where a weight or a gradient is none, though all its pixels are blank", async () => {
    const backend = await wasmBackend({ host: threadHost });
    const program = await backend.load(layer({ images: 6, pixels: 70, units: 43 }, "input"));
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const x = Array.from({ length: 6 * 70 }, (_, i) => (i % 70 === 3 ? 0.5 : 0));
      const w = new Array<number>(70 * 43).fill(0.25).with(43 * 60 + 11, broken);
      const dy = new Array<number>(6 * 43).fill(0.25).with(43 * 2 + 30, broken);
      run(program, { x, w, dy });
      const [y, dw] = [arrayOf(program, "y"), arrayOf(program, "dw")];
      for (let image = 0; image < 6; image++) expect(y[43 * image + 11]).toBeNaN();
      for (let pixel = 0; pixel < 70; pixel++) {
        expect(Number.isFinite(dw[43 * pixel + 30])).toBe(false);
        expect(Number.isFinite(dw[43 * pixel + 29])).toBe(true);
      }
    }
  });

  it("find the zeros anew in each run", async () => {
    const backend = await wasmBackend({ host: threadHost });
    const extents = { images: 8, pixels: 80, units: 24 };
    const sparse = await backend.load(layer(extents, "input"));
    const whole = await backend.load(layer(extents, "state"));
    const random = new Random(3);
    for (const density of [0.3, 1, 0, 0.1, 0.45, 0.02]) {
      const x = numbers(random, density, 8 * 80);
      const arrays = { x, w: numbers(random, 1, 80 * 24), dy: numbers(random, 1, 8 * 24) };
      expect(digestsOf(run(sparse, arrays))).toEqual(digestsOf(run(whole, arrays)));
    }
  });
});

describe("products with inputs that are gathered", () => {
  it("have as many rows as they see in the samples", async () => {
    // Three pictures of 40 rows of 40, each a row of the product.
    const graph = new Graph();
    const x = graph.input("x", [3, 40, 40]);
    const bank = graph.input("bank", [4, 40, 40], "u8");
    graph.apply(gather, [x, bank, graph.input("indices", [3], "i32")], {});
    const rows = graph.apply(reshape, [x], { shape: [120, 40] });
    const w = graph.state("w", [40, 5]);
    graph.result("y", graph.apply(matmul, [rows, w], { transposeA: false, transposeB: false }));
    const plan = lower(graph);
    const random = new Random(5);
    const bytes = Uint8Array.from({ length: 6400 }, () => (random.integer(5) ? 0 : 255));
    const weights = numbers(random, 1, 200);
    const [expected, got] = await Promise.all(
      [referenceBackend, await wasmBackend({ host: threadHost })].map(async (backend) => {
        const program = await backend.load(plan);
        program.bytes(plan.inputs.get("bank")!).set(bytes);
        return [...arrayOf(run(program, { w: weights, indices: [3, 0, 2] }), "y")];
      }),
    );
    expected!.forEach((value, i) => {
      expect(got![i]).toBeCloseTo(value, 4);
    });
  });
});

describe("updates that are part of a product", () => {
  const decays = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const optimizers = {
    sgd: (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(sgd, [w, gradient, rates], { weightDecay: 0 }),
    "sgd with decay": (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(sgd, [w, gradient, rates], { weightDecay: 0.01 }),
    momentum: (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(sgdMomentum, [w, graph.state("v", w.shape), gradient, rates], {
        momentum: 0.5,
        nesterov: true,
        weightDecay: 0,
      }),
    rmsprop: (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(rmsprop, [w, graph.state("s", w.shape), gradient, rates], {
        decay: 0.9,
        epsilon: 1e-8,
        weightDecay: 0,
      }),
    adam: (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(
        adam,
        [w, graph.state("m", w.shape), graph.state("v", w.shape), gradient, rates],
        { ...decays, weightDecay: 0, decoupled: false },
      ),
    adamw: (graph: Graph, { w, gradient, rates }: Learner) =>
      graph.apply(
        adam,
        [w, graph.state("m", w.shape), graph.state("v", w.shape), gradient, rates],
        { ...decays, weightDecay: 0.01, decoupled: true },
      ),
  };

  for (const [name, update] of Object.entries(optimizers)) {
    it(`leave the same weights and moments with and without zeros passed over, ${name}`, async () => {
      const extents = { images: 9, pixels: 120, units: 43 };
      const host = threadHost;
      const programs = [
        await (await wasmBackend({ host })).load(learning(extents, "input", update)),
        await (await wasmBackend({ host })).load(learning(extents, "state", update)),
        await (await wasmBackend({ host, threads: 3, shareFrom: 0 })).load(
          learning(extents, "input", update),
        ),
        await referenceBackend.load(learning(extents, "input", update)),
      ];
      const random = new Random(4);
      const start = numbers(random, 1, 120 * 43);
      const squares = numbers(random, 1, 120 * 43).map((number) => number * number);
      for (const program of programs) {
        arrayOf(program, "w").set(start);
        // Of what moved once and has come to rest only the squares are left, which decay.
        if (program.plan.states.has("m")) arrayOf(program, "v").set(squares);
      }
      for (let step = 1; step <= 12; step++) {
        // Pixels that are blank for a while, and some for good.
        const x = numbers(random, step % 5 === 0 ? 0.9 : 0.1, 9 * 120);
        for (let i = 0; i < x.length; i++) if (i % 120 < 30 + 5 * (step % 4)) x[i] = 0;
        for (const program of programs) {
          const rates = [0.001, 1 / (1 - 0.9 ** step), 1 / (1 - 0.99 ** step), 0];
          run(program, { x, rates });
        }
      }
      const [sparse, whole, threaded] = programs.map(digestsOf);
      expect(sparse).toEqual(whole);
      expect(threaded).toEqual(whole);
      for (const state of programs[3].plan.states.keys()) {
        const got = arrayOf(programs[0], state);
        arrayOf(programs[3], state).forEach((value, i) => {
          expect(Math.abs(got[i] - value), `${state} ${i}`).toBeLessThan(
            1e-4 * Math.max(1, Math.abs(value)),
          );
        });
      }
      for (const program of programs) program.close();
    });
  }

  it("are each their own where one weight has several", async () => {
    const extents = { images: 4, pixels: 50, units: 9 };
    const twice = learning(extents, "input", (graph, { w, gradient, rates }) => {
      const [x, y] = gradient.inputs;
      const again = graph.apply(matmul, [x!, y!], { transposeA: true, transposeB: false });
      graph.apply(sgd, [w, gradient, rates], { weightDecay: 0 });
      graph.apply(sgd, [w, again, rates], { weightDecay: 0.5 });
    });
    expect(twice.steps.filter(({ update }) => update !== undefined)).toHaveLength(2);
    const random = new Random(6);
    const arrays = { x: numbers(random, 0.2, 200), w: numbers(random, 1, 450), rates: [0.1] };
    const got = run(await (await wasmBackend({ host: threadHost })).load(twice), arrays);
    const expected = run(await referenceBackend.load(twice), arrays);
    arrayOf(expected, "w").forEach((value, i) => {
      expect(arrayOf(got, "w")[i]).toBeCloseTo(value, 4);
    });
  });

  it("do not hide that a gradient is no number", async () => {
    const extents = { images: 3, pixels: 40, units: 8 };
    const backend = await wasmBackend({ host: threadHost });
    const program = await backend.load(learning(extents, "input", optimizers.adam));
    run(program, { x: [Number.NaN], rates: [0.001, 1, 1, 0] });
    expect(arrayOf(program, "w").every(Number.isNaN)).toBe(true);
  });
});
