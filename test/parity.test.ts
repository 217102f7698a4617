import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import * as engine from "../src/engine/index.js";
import {
  type Backend,
  conv2d,
  type Graph,
  lower,
  matmul,
  type Padding,
  type Plan,
  type Program,
  referenceBackend,
  type Shape,
  type Window,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";
import { operationCases } from "./operation-cases.js";
import { array, integers, reals, type Sample, sample, sampleGraph } from "./sample.js";

const SAMPLES = 25;
/** Starting threads takes longer than the computation. */
const THREADED_SAMPLES = 3;
/** Greatest difference, in parts of the greatest number of an array. */
const TOLERANCE = 1e-5;
/** The same for convolutions by minimal filtering, whose transforms lose a digit. */
const TILED_TOLERANCE = 1e-4;

describe("the wasm backend agrees with the reference", () => {
  const backends: { fused?: Backend; strict?: Backend; threaded?: Backend } = {};
  beforeAll(async () => {
    backends.fused = await wasmBackend({ host: threadHost });
    backends.strict = await wasmBackend({ host: threadHost, strict: true });
    backends.threaded = await wasmBackend({ host: threadHost, threads: 3, shareFrom: 0 });
  });

  for (const { name, build } of operationCases) {
    for (const variant of ["fused", "strict"] as const) {
      it(`${name}, ${variant}, forward and backward on ${SAMPLES} random shapes`, async () => {
        for (let seed = 0; seed < SAMPLES; seed++) {
          const drawn = build(new Random(seed).fork(name));
          const { plan, values } = caseOf(drawn, seed);
          const expected = await runOn(referenceBackend, plan, values);
          const got = await runOn(backends[variant] as Backend, plan, values);
          const shapes = drawn.inputs.map(({ shape }) => `[${shape}]`).join(" ");
          const where = `seed ${seed}, ${shapes}, ${JSON.stringify(drawn.attributes)}`;
          for (const [array, numbers] of expected) {
            const difference = greatestDifference(numbers, got.get(array) as ArrayLike<number>);
            expect(difference, `${array}, ${where}`).toBeLessThan(TOLERANCE);
          }
        }
      });
    }

    it(`${name}, the same bits with 1 and 3 threads`, async () => {
      for (let seed = 0; seed < THREADED_SAMPLES; seed++) {
        const { plan, values } = caseOf(build(new Random(seed).fork(name)), seed);
        const alone = await runOn(backends.fused as Backend, plan, values);
        expect(await runOn(backends.threaded as Backend, plan, values)).toEqual(alone);
      }
    });
  }
});

describe("the wasm backend agrees with the reference where work is cut into blocks", () => {
  const random = new Random(1);
  const product = (m: number, n: number, k: number, transposeA: boolean, transposeB: boolean) => ({
    title: `product [${m}, ${k}] by [${k}, ${n}], transposed ${transposeA} ${transposeB}`,
    drawn: sample(
      matmul,
      { transposeA, transposeB },
      [reals(random, transposeA ? [k, m] : [m, k]), reals(random, transposeB ? [n, k] : [k, n])],
      [0, 1],
    ),
  });
  const convolution = (x: Shape, filter: Shape, padding: Padding) => ({
    title: `convolution of [${x}] by [${filter}], padding ${padding}`,
    drawn: sample(
      conv2d,
      { strides: [1, 1], padding },
      [reals(random, x), reals(random, filter)],
      [0, 1],
    ),
  });
  const around = (side: number): Padding => [side, side, side, side];
  const cases = [
    product(205, 70, 33, false, false),
    product(37, 26, 1000, false, true),
    product(3, 130, 500, false, false),
    product(1, 77, 900, false, true),
    product(2, 40, 801, true, false),
    convolution([2, 9, 9, 70], [3, 3, 70, 3], around(1)),
    convolution([1, 28, 28, 2], [5, 5, 2, 30], around(2)),
    convolution([2, 20, 20, 9], [7, 7, 9, 6], around(3)),
    // As plain products.
    convolution([9, 5, 4, 7], [5, 4, 7, 13], around(0)),
    convolution([3, 6, 5, 10], [1, 1, 10, 9], around(0)),
  ].map((it) => ({ ...it, tolerance: TOLERANCE }));
  const tiled = [
    convolution([11, 14, 14, 16], [5, 5, 16, 20], around(2)),
    convolution([1, 28, 28, 9], [5, 5, 9, 6], around(0)),
    convolution([9, 7, 7, 32], [5, 5, 32, 64], around(2)),
    convolution([1, 14, 14, 24], [3, 3, 24, 32], around(1)),
    convolution([2, 16, 12, 9], [5, 5, 9, 11], around(0)),
    convolution([3, 13, 10, 17], [3, 3, 17, 10], [0, 1, 3, 4]),
    convolution([2, 8, 8, 8], [5, 5, 8, 13], [6, 5, 0, 1]),
    convolution([17, 8, 8, 12], [3, 3, 12, 8], around(1)),
    convolution([1, 8, 8, 300], [3, 3, 300, 400], around(1)),
  ].map((it) => ({ ...it, tolerance: TILED_TOLERANCE }));
  const pool: Window = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] };
  const pooled = (x: Shape, filter: Shape, padding: Padding, paper = 0) => ({
    title: `maxima of a convolution of [${x}] by [${filter}], padding ${padding}`,
    drawn: sample(
      engine.maxPool2d,
      pool,
      [
        array(x, (i) => (i % 784 < paper ? 0 : random.between(-1, 1))),
        reals(random, filter),
        reals(random, filter.slice(3)),
      ],
      [0, 1, 2],
      (graph, [images, taps, bias]) => {
        const y = graph.apply(conv2d, [images, taps], { strides: [1, 1], padding });
        const rectified = graph.apply(
          engine.relu,
          [graph.apply(engine.addBias, [y, bias], {})],
          {},
        );
        return graph.apply(engine.maxPool2d, [rectified], pool);
      },
    ),
    tolerance: TILED_TOLERANCE,
  });
  const underPools = [
    pooled([9, 28, 28, 1], [5, 5, 1, 16], around(2), 300),
    pooled([3, 9, 9, 3], [3, 3, 3, 7], around(1)),
    pooled([5, 7, 7, 8], [5, 5, 8, 12], around(2)),
    pooled([3, 9, 12, 6], [5, 5, 6, 9], around(2)),
  ];
  for (const { title, drawn, tolerance } of [...cases, ...tiled, ...underPools]) {
    it(title, async () => {
      const { plan, values } = caseOf(drawn, 1);
      const expected = await runOn(referenceBackend, plan, values);
      const alone = await runOn(await wasmBackend({ host: threadHost }), plan, values);
      const threaded = await wasmBackend({ host: threadHost, threads: 3 });
      expect(await runOn(threaded, plan, values)).toEqual(alone);
      for (const [array, numbers] of expected) {
        const difference = greatestDifference(numbers, alone.get(array) as ArrayLike<number>);
        expect(difference, array).toBeLessThan(tolerance);
      }
    });
  }
});

describe("the wasm backend agrees with the reference on what is no number", () => {
  // Seven columns: whole vectors and a rest. Row 0 is sound, and stays so.
  const shape = [5, 7];
  const { POSITIVE_INFINITY: high, NEGATIVE_INFINITY: low, NaN: none } = Number;
  const spoilt = new Map([
    [8, none],
    [20, none],
    [23, high],
    [33, low],
  ]);
  const random = new Random(2);
  const x = array(shape, (i) => spoilt.get(i) ?? random.between(-3, 3));
  const labels = integers(random, [5], 7);
  const shares = reals(random, shape, 0.1, 0.9);
  const cases: Sample[] = [
    sample(engine.softmax, {}, [x], [0]),
    sample(engine.softmaxCrossEntropy, { smoothing: 0 }, [x, labels], [0]),
    sample(engine.softmaxCrossEntropy, { smoothing: 0.1 }, [x, labels], [0]),
    sample(engine.softCrossEntropy, { smoothing: 0 }, [x, shares], [0]),
    sample(engine.binaryCrossEntropy, {}, [x, shares], [0]),
    sample(engine.meanSquaredError, {}, [x, shares], [0]),
    sample(engine.sigmoid, {}, [x], [0]),
    sample(engine.tanh, {}, [x], [0]),
    sample(engine.gelu, {}, [x], [0]),
    sample(engine.relu, {}, [x], [0]),
  ];
  for (const drawn of cases) {
    it(`${drawn.operation.name}, ${JSON.stringify(drawn.attributes)}`, async () => {
      const { plan, values } = caseOf(drawn, 1);
      const expected = await runOn(referenceBackend, plan, values);
      const got = await runOn(await wasmBackend({ host: threadHost }), plan, values);
      expect(expected.get("output")?.some(Number.isNaN)).toBe(true);
      for (const [array, numbers] of expected) {
        expect(got.get(array)?.map(kindOf), array).toEqual(numbers.map(kindOf));
        const finite = numbers.map((number) => (Number.isFinite(number) ? number : 0));
        const others = got.get(array)?.map((number) => (Number.isFinite(number) ? number : 0));
        expect(greatestDifference(finite, others ?? [])).toBeLessThan(TOLERANCE);
      }
    });
  }
});

/** NaN, an infinity, or 0 for any number. */
function kindOf(number: number): number {
  return Number.isFinite(number) ? 0 : number;
}

type Values = ReadonlyMap<string, ArrayLike<number>>;

/** The plan of a sample and its gradients, and the numbers to run it on. */
function caseOf(drawn: Sample, seed: number): { plan: Plan; values: Values } {
  const { graph, leaves, output } = sampleGraph(drawn);
  const values = new Map<string, ArrayLike<number>>();
  drawn.inputs.forEach(({ values: numbers }, i) => {
    values.set(`input${i}`, numbers);
  });
  if (drawn.differentiable.length > 0) {
    const weights = reals(new Random(seed), output.shape);
    values.set("weights", weights.values);
    const targets = drawn.differentiable.map((index) => leaves[index]);
    addGradients(graph, graph.gradients(output, targets, graph.input("weights", output.shape)));
  }
  return { plan: lower(graph), values };
}

function addGradients(graph: Graph, gradients: ReturnType<Graph["gradients"]>): void {
  gradients.forEach((gradient, i) => {
    graph.result(`gradient${i}`, gradient);
  });
}

/** Everything that can be read after one step: results and states. */
async function runOn(backend: Backend, plan: Plan, values: Values): Promise<Map<string, number[]>> {
  const program = await backend.load(plan);
  const written = [...plan.inputs, ...plan.states];
  for (const [name, slot] of written) {
    const array = slot.dtype === "u8" ? program.bytes(slot) : program.view(slot);
    array.set(values.get(name) ?? []);
  }
  program.prepare();
  program.run();
  const read = readAll(program);
  program.close();
  return read;
}

function readAll(program: Program): Map<string, number[]> {
  const { states, results } = program.plan;
  return new Map([...states, ...results].map(([name, slot]) => [name, [...program.view(slot)]]));
}

function greatestDifference(expected: readonly number[], got: ArrayLike<number>): number {
  let scale = 1e-3;
  for (const number of expected) scale = Math.max(scale, Math.abs(number));
  let greatest = 0;
  expected.forEach((number, i) => {
    const difference = Math.abs(number - got[i]) / scale;
    if (!(difference <= greatest)) greatest = difference;
  });
  return greatest;
}
