import { type Random, ShapeError } from "../../base/index.js";
import { formatShape, type Graph, type Node, type Shape } from "../../engine/index.js";
import type { Checks } from "../schema.js";

/** An array that a layer owns. */
export interface Parameter {
  /** Within the layer: `weight`, `bias`. */
  readonly name: string;
  readonly shape: Shape;
  /** Changed by gradients. Running statistics are not: they follow the batches. */
  readonly trained: boolean;
  /** The values training starts from. */
  initial(random: Random): Float32Array;
  /** What is wrong with such values from outside, as `[place] must be …, got …`; any will do if absent. */
  problem?(data: Float32Array): string | undefined;
}

/** What a layer adds its operations to. */
export interface LayerContext {
  readonly graph: Graph;
  /** `[n, ...input]`. */
  readonly input: Node;
  /** The layer's own arrays, by name. */
  readonly parameters: Readonly<Record<string, Node>>;
  /** Place of the layer in the model. */
  readonly index: number;
  /**
   * Present while training; `seed` (i32, `[1]`) changes each step, running statistics stay as they are where
   * they are frozen. Absent: the model is in use.
   */
  readonly training: { readonly seed: Node; readonly frozenStatistics?: boolean } | undefined;
}

/**
 * A kind of layer: all that the rest of the library knows of it.
 *
 * The output shape is not stated here; it follows from the operations that {@link build} adds.
 * Shapes given to a layer lack the batch axis.
 */
export interface LayerKind<D extends { readonly type: string }> {
  readonly type: D["type"];
  /** What must hold of each option. */
  readonly options: Checks<D>;
  /** Fails with a `ShapeError` that begins with the layer's type, where the input does not fit. */
  parameters(description: D, input: Shape): readonly Parameter[];
  /** Adds the layer's operations; returns its output. */
  build(description: D, context: LayerContext): Node;
}

/** Bound on one extent of a layer; keeps every size an exact number. */
export const MAX_EXTENT = 65536;

/** Fails unless `input` is `[height, width, channels]`. */
export function expectImage(type: string, input: Shape): void {
  if (input.length === 3) return;
  throw new ShapeError(
    `${type}: input must be [height, width, channels], got ${formatShape(input)}`,
  );
}

/** `n` as `[n, n]`. */
export function pair(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}
