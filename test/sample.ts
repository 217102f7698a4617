import type { Random } from "../src/base/index.js";
import {
  type Attributes,
  type DType,
  Graph,
  type Node,
  type Operation,
  type Shape,
  sizeOf,
} from "../src/engine/index.js";

/** One array that an operation is tried on. */
export interface SampleArray {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Exact in float32, so that every backend starts from the same numbers. */
  readonly values: Float64Array;
}

/** One operation with all it needs to run. */
export interface Sample {
  readonly operation: Operation;
  readonly attributes: Attributes;
  readonly inputs: readonly SampleArray[];
  /** Indices of `inputs` by which the output can be differentiated. */
  readonly differentiable: readonly number[];
  /** Adds the operation to a graph; other than plainly where it needs more than `inputs`. */
  readonly connect: (graph: Graph, leaves: readonly Node[]) => Node;
}

/** Puts a sample together. */
export function sample<A extends Attributes>(
  operation: Operation<A>,
  attributes: A,
  inputs: readonly SampleArray[],
  differentiable: readonly number[] = [],
  connect: Sample["connect"] = (graph, leaves) => graph.apply(operation, leaves, attributes),
): Sample {
  // As in a graph, where operations with all kinds of attributes stand side by side.
  const plain = operation as unknown as Operation;
  return { operation: plain, attributes, inputs, differentiable, connect };
}

/**
 * A graph that computes a sample: leaves `input0`, `input1`, … (states where the operation updates
 * them in place), and the result `output` unless there is nothing but updates.
 */
export function sampleGraph({ operation, inputs, connect }: Sample): {
  graph: Graph;
  leaves: Node[];
  output: Node;
} {
  const graph = new Graph();
  const leaves = inputs.map(({ shape, dtype }, index) =>
    operation.updates?.includes(index)
      ? graph.state(`input${index}`, shape)
      : graph.input(`input${index}`, shape, dtype),
  );
  const output = connect(graph, leaves);
  if (operation.updates === undefined) graph.result("output", output);
  return { graph, leaves, output };
}

/**
 * How far every input of a sample may be moved without an operation passing a kink, where it has no
 * derivative: {@link nonZeros} keeps 8 times as far from 0, {@link distinct} 8 times as far from
 * each other.
 */
export const SAFE_DISTANCE = 1 / 512;

const EDGES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65];

/** A length around the edges of SIMD lanes and tiles, at most `most`. */
export function extent(random: Random, most: number): number {
  const possible = EDGES.filter((edge) => edge <= most);
  return possible[random.integer(possible.length)];
}

/** One to four axes, up to some hundred elements; the last axis is often the longest. */
export function anyShape(random: Random): Shape {
  const outer = Array.from({ length: random.integer(4) }, () => 1 + random.integer(4));
  return [...outer, extent(random, 33)];
}

/** A few images. */
export function imageShape(random: Random, channels: number): Shape {
  return [1 + random.integer(3), extent(random, 9), extent(random, 9), extent(random, channels)];
}

/** Numbers made one by one. */
export function array(shape: Shape, next: (index: number) => number): SampleArray {
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(next(i)));
  return { shape, dtype: "f32", values };
}

/** Uniform real numbers. */
export function reals(random: Random, shape: Shape, low = -2, high = 2): SampleArray {
  return array(shape, () => random.between(low, high));
}

/** Real numbers near 0, far from it, and so far that a careless exponential overflows or vanishes. */
export function extremes(random: Random, shape: Shape): SampleArray {
  const reach = [3, 200, 10_000];
  return array(shape, () => {
    const limit = reach[random.integer(reach.length)];
    return random.between(-limit, limit);
  });
}

/** Real numbers of both signs that stay away from 0, where relu and its kin have a kink. */
export function nonZeros(random: Random, shape: Shape): SampleArray {
  return array(
    shape,
    () => (random.integer(2) === 0 ? -1 : 1) * random.between(8 * SAFE_DISTANCE, 2),
  );
}

/** Real numbers no two of which come near each other, so that the greatest of them is clear. */
export function distinct(random: Random, shape: Shape): SampleArray {
  const order = random.shuffle(Array.from({ length: sizeOf(shape) }, (_, rank) => rank));
  return array(shape, (i) => (order[i] - order.length / 2) * 8 * SAFE_DISTANCE);
}

/** Small whole numbers, many of them equal. */
export function ties(random: Random, shape: Shape): SampleArray {
  return array(shape, () => random.integer(4) - 2);
}

/** Whole numbers from 0 to below `limit`. */
export function integers(random: Random, shape: Shape, limit: number): SampleArray {
  return { ...array(shape, () => random.integer(limit)), dtype: "i32" };
}

/** Any 32-bit integer, as a seed. */
export function seedArray(random: Random): SampleArray {
  return { shape: [1], dtype: "i32", values: Float64Array.of(random.uint32() | 0) };
}
