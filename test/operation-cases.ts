import type { Random } from "../src/base/index.js";
import * as engine from "../src/engine/index.js";
import {
  type Graph,
  type Node,
  type Padding,
  type Shape,
  samePadding,
} from "../src/engine/index.js";
import {
  anyShape,
  array,
  distinct,
  extent,
  extremes,
  imageShape,
  integers,
  nonZeros,
  reals,
  SAFE_DISTANCE,
  type Sample,
  sample,
  seedArray,
  ties,
} from "./sample.js";
import { updateCases } from "./update-cases.js";

/** An operation under random shapes, values and attributes. */
export interface OperationCase {
  /** Name of the operation, and what is special, if anything. */
  readonly name: string;
  build(random: Random): Sample;
}

/**
 * Every operation: the one specification that gradients and backends are tested against.
 *
 * Operations that only occur in gradients are reached through those of the others, but for a few
 * that need inputs of their own (ties, numbers that could overflow).
 */
export const operationCases: readonly OperationCase[] = [
  ...elementwiseCases(),
  ...matrixCases(),
  ...imageCases(),
  ...normalisationCases(),
  ...lossCases(),
  ...updateCases(),
  ...clippingCases(),
];

function elementwiseCases(): OperationCase[] {
  const unary = (operation: engine.Operation<Record<string, never>>): OperationCase => ({
    name: operation.name,
    build: (random) => sample(operation, {}, [reals(random, anyShape(random), -3, 3)], [0]),
  });
  return [
    {
      name: "add",
      build(random) {
        const shape = anyShape(random);
        return sample(engine.add, {}, [reals(random, shape), reals(random, shape)], [0, 1]);
      },
    },
    {
      name: "addBias",
      build(random) {
        const shape = anyShape(random);
        const bias = reals(random, shape.slice(-1));
        return sample(engine.addBias, {}, [reals(random, shape), bias], [0, 1]);
      },
    },
    {
      name: "scale",
      build(random) {
        const attributes = { factor: Math.fround(random.between(-2, 2)) };
        return sample(engine.scale, attributes, [reals(random, anyShape(random))], [0]);
      },
    },
    {
      name: "relu",
      build: (random) => sample(engine.relu, {}, [nonZeros(random, anyShape(random))], [0]),
    },
    {
      name: "leakyRelu",
      build(random) {
        const attributes = { slope: Math.fround(random.between(0, 0.5)) };
        return sample(engine.leakyRelu, attributes, [nonZeros(random, anyShape(random))], [0]);
      },
    },
    unary(engine.sigmoid),
    unary(engine.tanh),
    unary(engine.gelu),
    {
      name: "sigmoid, tanh, gelu of great numbers",
      build(random) {
        const operation = [engine.sigmoid, engine.tanh, engine.gelu][random.integer(3)];
        return sample(operation, {}, [extremes(random, anyShape(random))]);
      },
    },
    {
      name: "dropout",
      build(random) {
        const attributes = { rate: random.integer(10) / 10, stream: random.integer(100) };
        const inputs = [reals(random, anyShape(random)), seedArray(random)];
        return sample(engine.dropout, attributes, inputs, [0]);
      },
    },
    {
      name: "reshape",
      build(random) {
        const shape = anyShape(random);
        const attributes = { shape: [...shape].reverse() };
        return sample(engine.reshape, attributes, [reals(random, shape)], [0]);
      },
    },
    {
      name: "constant",
      build(random) {
        const value = Math.fround(random.between(-2, 2));
        return sample(engine.constant, { shape: anyShape(random), value }, []);
      },
    },
  ];
}

function matrixCases(): OperationCase[] {
  return [
    {
      name: "matmul",
      build(random) {
        const [m, n, k] = [extent(random, 33), extent(random, 33), extent(random, 33)];
        const transposeA = random.integer(2) === 1;
        const transposeB = random.integer(2) === 1;
        const a = reals(random, transposeA ? [k, m] : [m, k]);
        const b = reals(random, transposeB ? [n, k] : [k, n]);
        return sample(engine.matmul, { transposeA, transposeB }, [a, b], [0, 1]);
      },
    },
    {
      name: "sumRows",
      build: (random) => sample(engine.sumRows, {}, [reals(random, anyShape(random))]),
    },
    {
      name: "mean",
      build: (random) => sample(engine.mean, {}, [reals(random, [extent(random, 65)])], [0]),
    },
    {
      name: "softmax",
      build: (random) => sample(engine.softmax, {}, [reals(random, anyShape(random), -3, 3)], [0]),
    },
    {
      name: "softmax of great numbers",
      build: (random) => sample(engine.softmax, {}, [extremes(random, anyShape(random))]),
    },
  ];
}

function imageCases(): OperationCase[] {
  return [
    {
      name: "conv2d",
      build(random) {
        const [size, strides] = [pair(random, 4), pair(random, 3)];
        const x = reals(random, atLeast(size, imageShape(random, 9)));
        const filter = reals(random, [...size, x.shape[3], extent(random, 9)]);
        const padding = anyPadding(random, x.shape, size, strides, 3);
        return sample(engine.conv2d, { strides, padding }, [x, filter], [0, 1]);
      },
    },
    {
      name: "maxPool2d",
      build(random) {
        const shape = imageShape(random, 17);
        return sample(engine.maxPool2d, anyWindow(random, shape), [distinct(random, shape)], [0]);
      },
    },
    ...[engine.maxPool2d, engine.averagePool2d].map((pool) => ({
      name: `${pool.name} after relu`,
      build(random: Random) {
        const shape = imageShape(random, 17);
        const apart = distinct(random, shape);
        // No number at the kink.
        const x = array(shape, (i) => (apart.values[i] ?? 0) + 2 * SAFE_DISTANCE);
        const window = anyWindow(random, shape);
        const connect = (graph: Graph, [leaf]: readonly Node[]): Node =>
          graph.apply(pool, [graph.apply(engine.relu, [leaf as Node], {})], window);
        return sample(pool, window, [x], [0], connect);
      },
    })),
    {
      name: "maxPool2d of a convolution",
      build(random) {
        const [size, window] = [pair(random, 2), pair(random, 2)];
        const reach = [size[0] + window[0] - 1, size[1] + window[1] - 1] as const;
        const shape = atLeast(reach, [
          1 + random.integer(2),
          extent(random, 5),
          extent(random, 5),
          1,
        ]);
        const apart = distinct(random, shape);
        // Whole numbers, of which each channel picks one under the window: none but far from all others.
        const x = array(shape, (i) => (apart.values[i] ?? 0) / (8 * SAFE_DISTANCE));
        const channels = extent(random, 9);
        const picked = Array.from({ length: channels }, () => random.integer(size[0] * size[1]));
        const filter = array([...size, 1, channels], (i) =>
          picked[i % channels] === Math.floor(i / channels) ? (i % 2) * 2 - 1 : 0,
        );
        const bias = array([channels], () => 0.25);
        const strides = random.integer(2) === 0 ? window : pair(random, 2);
        const pool = { size: window, strides, padding: [0, 0, 0, 0] as const };
        const connect = (graph: Graph, [images, taps, added]: readonly Node[]): Node => {
          const convolution = { strides: [1, 1], padding: [0, 0, 0, 0] } as const;
          const y = graph.apply(engine.conv2d, [images, taps], convolution);
          const biased = graph.apply(engine.addBias, [y, added], {});
          const rectified = graph.apply(engine.relu, [biased], {});
          return graph.apply(engine.maxPool2d, [rectified], pool);
        };
        return sample(engine.maxPool2d, pool, [x, filter, bias], [0, 1, 2], connect);
      },
    },
    {
      name: "maxPool2dGradient with ties",
      build(random) {
        const shape = imageShape(random, 17);
        const window = anyWindow(random, shape);
        const outputShape = engine.maxPool2d.shape([shape], window);
        const inputs = [reals(random, outputShape), ties(random, shape)];
        const connect = (graph: Graph, [dy, x]: readonly Node[]): Node =>
          graph.apply(
            engine.maxPool2dGradient,
            [dy, x, graph.apply(engine.maxPool2d, [x], window)],
            window,
          );
        return sample(engine.maxPool2dGradient, window, inputs, [], connect);
      },
    },
    {
      name: "averagePool2d",
      build(random) {
        const shape = imageShape(random, 17);
        return sample(engine.averagePool2d, anyWindow(random, shape), [reals(random, shape)], [0]);
      },
    },
    {
      name: "globalAveragePool",
      build: (random) =>
        sample(engine.globalAveragePool, {}, [reals(random, imageShape(random, 17))], [0]),
    },
  ];
}

function normalisationCases(): OperationCase[] {
  return [
    {
      name: "batchStatistics",
      build: (random) => sample(engine.batchStatistics, {}, [reals(random, anyShape(random))]),
    },
    {
      name: "batchNorm of a batch",
      build(random) {
        const [x, gamma, beta] = normalised(random);
        const attributes = { epsilon: random.between(1e-3, 1e-1), frozen: false };
        const connect = (graph: Graph, leaves: readonly Node[]): Node => {
          const statistics = graph.apply(engine.batchStatistics, [leaves[0]], {});
          return graph.apply(engine.batchNorm, [...leaves, statistics], attributes);
        };
        return sample(engine.batchNorm, attributes, [x, gamma, beta], [0, 1, 2], connect);
      },
    },
    {
      name: "batchNorm, frozen",
      build(random) {
        const [x, gamma, beta] = normalised(random);
        const c = gamma.shape[0];
        const statistics = array([2, c], (i) => random.between(i < c ? -1 : 0.1, 1));
        const attributes = { epsilon: random.between(1e-5, 1e-1), frozen: true };
        return sample(engine.batchNorm, attributes, [x, gamma, beta, statistics], [0, 1, 2]);
      },
    },
  ];
}

function lossCases(): OperationCase[] {
  const anySmoothing = (random: Random) => ({ smoothing: random.integer(4) / 10 });
  return [
    {
      name: "softmaxCrossEntropy",
      build(random) {
        const [n, c] = [extent(random, 17), extent(random, 33)];
        const inputs = [reals(random, [n, c], -3, 3), integers(random, [n], c)];
        return sample(engine.softmaxCrossEntropy, anySmoothing(random), inputs, [0]);
      },
    },
    {
      name: "softmaxCrossEntropy of great logits",
      build(random) {
        const [n, c] = [extent(random, 17), extent(random, 33)];
        const inputs = [extremes(random, [n, c]), integers(random, [n], c)];
        return sample(engine.softmaxCrossEntropy, anySmoothing(random), inputs);
      },
    },
    {
      name: "softmaxCrossEntropyGradient of great logits",
      build(random) {
        const [n, c] = [extent(random, 17), extent(random, 33)];
        const logits = extremes(random, [n, c]);
        const inputs = [logits, integers(random, [n], c), reals(random, [n])];
        return sample(engine.softmaxCrossEntropyGradient, anySmoothing(random), inputs);
      },
    },
    {
      name: "softCrossEntropy",
      build(random) {
        const shape = [extent(random, 17), extent(random, 33)];
        // Targets need not be shares of 1.
        const inputs = [reals(random, shape, -3, 3), reals(random, shape, 0, 1)];
        return sample(engine.softCrossEntropy, anySmoothing(random), inputs, [0]);
      },
    },
    {
      name: "softCrossEntropy of great logits",
      build(random) {
        const shape = [extent(random, 17), extent(random, 33)];
        const inputs = [extremes(random, shape), reals(random, shape, 0, 1)];
        return sample(engine.softCrossEntropy, anySmoothing(random), inputs);
      },
    },
    {
      name: "meanSquaredError",
      build(random) {
        const shape = anyShape(random);
        const inputs = [reals(random, shape), reals(random, shape)];
        return sample(engine.meanSquaredError, {}, inputs, [0]);
      },
    },
    {
      name: "binaryCrossEntropy",
      build(random) {
        const shape = anyShape(random);
        const inputs = [reals(random, shape, -3, 3), reals(random, shape, 0, 1)];
        return sample(engine.binaryCrossEntropy, {}, inputs, [0]);
      },
    },
    {
      name: "binaryCrossEntropy of great logits",
      build(random) {
        const shape = anyShape(random);
        const inputs = [extremes(random, shape), reals(random, shape, 0, 1)];
        return sample(engine.binaryCrossEntropy, {}, inputs);
      },
    },
    {
      name: "countCorrect",
      build(random) {
        const [n, c] = [extent(random, 33), extent(random, 17)];
        return sample(engine.countCorrect, {}, [ties(random, [n, c]), integers(random, [n], c)]);
      },
    },
  ];
}

function clippingCases(): OperationCase[] {
  return [
    {
      name: "squaredSum",
      build: (random) => sample(engine.squaredSum, {}, [reals(random, anyShape(random))]),
    },
    {
      name: "clipFactor",
      build(random) {
        const attributes = { limit: Math.fround(random.between(0.5, 2)) };
        return sample(engine.clipFactor, attributes, [reals(random, [1], 0, 4)]);
      },
    },
    {
      name: "scaleBy",
      build: (random) =>
        sample(engine.scaleBy, {}, [reals(random, anyShape(random)), reals(random, [1])]),
    },
  ];
}

/** x of at least three rows, gamma and beta. */
function normalised(random: Random) {
  const c = extent(random, 17);
  const shape =
    random.integer(2) === 0 ? [3 + extent(random, 9), c] : [3, 1 + random.integer(3), 2, c];
  return [reals(random, shape), reals(random, [c]), reals(random, [c])] as const;
}

function pair(random: Random, most: number): [number, number] {
  return [1 + random.integer(most), 1 + random.integer(most)];
}

/** The image, enlarged where it must be for the window to fit. */
function atLeast(size: readonly [number, number], [n, h, w, c]: Shape): Shape {
  return [n, Math.max(h, size[0]), Math.max(w, size[1]), c];
}

/** None, that of "same", or any up to `most` on each side. */
function anyPadding(
  random: Random,
  [, h, w]: Shape,
  size: readonly [number, number],
  strides: readonly [number, number],
  most: number,
): Padding {
  const kind = random.integer(3);
  if (kind === 0) return [0, 0, 0, 0];
  if (kind === 1) return samePadding([h, w], size, strides);
  const side = (): number => random.integer(most + 1);
  return [side(), side(), side(), side()];
}

/** A pooling window that fits the image and always covers a real pixel. */
function anyWindow(random: Random, shape: Shape): engine.Window {
  const [, h, w] = shape;
  const [sizeH, sizeW] = pair(random, 4);
  const size: [number, number] = [Math.min(sizeH, h), Math.min(sizeW, w)];
  const strides = pair(random, 3);
  const padding = anyPadding(random, shape, size, strides, Math.min(...size) - 1);
  return { size, strides, padding };
}
