import type { Graph, Node } from "./graph.js";
import type { DType, Shape } from "./shape.js";

/** Options of an operation, known when the graph is built. Plain data. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

/** What a reference kernel works on: whole arrays in float64, row-major, and their shapes. */
export interface ReferenceCall<A extends Attributes> {
  readonly inputs: readonly Float64Array[];
  readonly inputShapes: readonly Shape[];
  readonly output: Float64Array;
  readonly outputShape: Shape;
  readonly attributes: A;
}

/**
 * One operation of the engine: what it means, in one place.
 *
 * Backends other than `reference` keep their kernels in rooms of their own, found by `name`, and
 * are tested against {@link Operation.reference}.
 */
export interface Operation<A extends Attributes = Attributes> {
  /** Unique; also the key under which a backend finds its kernel. */
  readonly name: string;
  /** Shape of the output. Throws a `ShapeError` that begins with `name:` where inputs don't fit. */
  shape(inputs: readonly Shape[], attributes: A): Shape;
  /** Element type of the output; `f32` when absent. */
  readonly dtype?: DType;
  /**
   * Adds the nodes of the gradient to `graph`: one gradient per input, of that input's shape,
   * `undefined` where none flows (labels, seeds). Absent: not differentiable.
   */
  gradient?(graph: Graph, node: Node<A>, outputGradient: Node): readonly (Node | undefined)[];
  /** The plain version, the oracle of all others. Writes every element of the output. */
  reference(call: ReferenceCall<A>): void;
  /**
   * Present where element i of the output depends on element i of every input alone; such
   * operations are fused into their producer. The reference kernel follows from it.
   */
  readonly elementwise?: Elementwise<A>;
  /** Indices of inputs that are overwritten in place: parameters and moments of an optimizer. */
  readonly updates?: readonly number[];
  /**
   * Index of an input of which element i is needed for element i of the arrays in `updates` alone: the
   * gradient of an optimizer. The update is fused into the step that computes it.
   */
  readonly updatesFrom?: number;
  /** The output is the first input under another shape; no bytes move. */
  readonly alias?: boolean;
  /** Height and width of the part of the images, the first input, that is looked at, from the top left. */
  looksAt?(inputs: readonly Shape[], attributes: A): readonly [number, number];
  /** Attributes that leave nothing to compute but `[h, w]` pixels from the top left, where there are such. */
  cropped?(output: Shape, attributes: A, extent: readonly [number, number]): A | undefined;
  /** Elementwise operations that follow may be computed together with this one. */
  readonly takesEpilogue?: boolean;
  /** An update that follows from the output alone may be computed together with this one. */
  readonly takesUpdate?: boolean;
}

export interface Elementwise<A extends Attributes = Attributes> {
  /** Output element from the input elements at the same place. */
  scalar(values: readonly number[], attributes: A): number;
  /** Indices of inputs of shape `[c]` that repeat along the last axis, such as a bias. */
  readonly broadcast?: readonly number[];
}
