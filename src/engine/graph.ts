import { ShapeError } from "../base/index.js";
import type { Attributes, Operation } from "./operation.js";
import { add } from "./ops/add.js";
import { type DType, expectShape, type Shape } from "./shape.js";

/**
 * Where a node's values come from.
 *
 * - `input`: written by the caller before each step
 * - `state`: kept from step to step, read and written by the caller in between (weights, moments)
 * - `computed`: by its operation
 */
export type NodeKind = "input" | "state" | "computed";

/** One array of the computation, and how it comes about. */
export interface Node<A extends Attributes = Attributes> {
  /** Place in the graph; every input of a node has a smaller one. */
  readonly id: number;
  readonly kind: NodeKind;
  readonly shape: Shape;
  readonly dtype: DType;
  /** What people call it: the name of a leaf, or the scope and the operation. */
  readonly label: string;
  /** Scope of the graph when it was added; its gradients get the same. */
  readonly scope: string;
  /** Absent on leaves. */
  readonly operation?: Operation<A>;
  readonly attributes: A;
  readonly inputs: readonly Node[];
}

/**
 * A computation being written down: nodes in an order in which they can be computed.
 *
 * Purely symbolic; no number is touched before a backend loads the plan made from it. The order of
 * the nodes is the order of execution, so an update of a weight is added after all its readers.
 */
export class Graph {
  readonly nodes: Node[] = [];
  /** Nodes the caller reads after a step, by name. */
  readonly results = new Map<string, Node>();
  /** Scope of the nodes that are being added. */
  #scope = "";

  /**
   * Lets `write` add nodes that belong to `scope`, such as `layers[3]`: it is put before their labels
   * and before what a `ShapeError` says, `layers[3] conv2d: …`.
   */
  within<T>(scope: string, write: () => T): T {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return write();
    } catch (error) {
      if (!(error instanceof ShapeError) || scope === "") throw error;
      throw new ShapeError(`${scope} ${error.message}`, { cause: error });
    } finally {
      this.#scope = outer;
    }
  }

  /** An array that the caller writes before each step. */
  input(name: string, shape: Shape, dtype: DType = "f32"): Node {
    return this.#add("input", { shape, dtype, label: name });
  }

  /** An array that lives from step to step. */
  state(name: string, shape: Shape): Node {
    return this.#add("state", { shape, dtype: "f32", label: name });
  }

  /** Result of `operation` on `inputs`. Throws a `ShapeError` if they don't fit. */
  apply<A extends Attributes>(
    operation: Operation<A>,
    inputs: readonly Node[],
    attributes: A,
  ): Node {
    const { name, dtype = "f32" } = operation;
    const shapes = inputs.map((input) => input.shape);
    const shape = operation.shape(shapes, attributes);
    const extent = operation.looksAt?.(shapes, attributes);
    if (extent !== undefined) {
      const [images, ...others] = inputs;
      const cropped = this.#cropped(images, extent);
      if (cropped !== images) return this.apply(operation, [cropped, ...others], attributes);
    }
    const label = this.#scope === "" ? name : `${this.#scope} ${name}`;
    // An operation is looked at through its own attributes only by its own functions.
    const plain = operation as unknown as Operation;
    return this.#add("computed", { shape, dtype, label, operation: plain, attributes, inputs });
  }

  /** Makes `node` readable after a step under `name`. */
  result(name: string, node: Node): void {
    if (this.results.has(name)) {
      throw new TypeError(`graph: names of results must differ, got ${name} twice`);
    }
    this.results.set(name, node);
  }

  /**
   * Adds the gradient of the scalar `loss` with respect to each of `targets`, by reverse
   * accumulation: `seed` is d loss / d loss, an array of the shape of `loss`.
   *
   * @returns one node per target, in order; of the target's shape
   */
  gradients(loss: Node, targets: readonly Node[], seed: Node): Node[] {
    expectShape("gradients", "seed", seed.shape, loss.shape);
    const needed = this.#leadingTo(targets, loss);
    const gradientOf = new Map<Node, Node>([[loss, seed]]);
    // Backwards, all readers of a node come before it: its gradient is complete when it is met.
    for (const node of this.nodes.slice(0, loss.id + 1).reverse()) {
      const outputGradient = gradientOf.get(node);
      if (outputGradient === undefined) continue;
      if (!node.inputs.some((input) => needed.has(input))) continue;
      this.within(node.scope, () => {
        this.#inputGradients(node, outputGradient).forEach((added, index) => {
          const input = node.inputs[index];
          if (added === undefined || !needed.has(input)) return;
          const before = gradientOf.get(input);
          gradientOf.set(input, before ? this.apply(add, [before, added], {}) : added);
        });
      });
    }
    return targets.map((target) => {
      const gradient = gradientOf.get(target);
      if (gradient !== undefined) return gradient;
      throw new TypeError(
        `gradients: the loss must depend on ${target.label}, got one that does not`,
      );
    });
  }

  /**
   * What computes no more than `[h, w]` pixels of a node's images, from the top left, if that can be
   * had: where pooling leaves the last rows and columns alone, the convolution before it need not
   * make them. The node itself is left behind, for lack of readers.
   */
  #cropped(node: Node, extent: readonly [number, number]): Node {
    const { operation, attributes, shape } = node;
    if (shape[1] === extent[0] && shape[2] === extent[1]) return node;
    if (operation?.elementwise !== undefined) {
      const { broadcast = [] } = operation.elementwise;
      const inputs = node.inputs.map((input, index) =>
        broadcast.includes(index) ? input : this.#cropped(input, extent),
      );
      const all = inputs.every((input, i) => broadcast.includes(i) || input !== node.inputs[i]);
      return all ? this.within(node.scope, () => this.apply(operation, inputs, attributes)) : node;
    }
    const fewer = operation?.cropped?.(shape, attributes, extent);
    if (operation === undefined || fewer === undefined) return node;
    return this.within(node.scope, () => this.apply(operation, node.inputs, fewer));
  }

  /** The nodes up to `last` that depend on any of `targets`, and those themselves. */
  #leadingTo(targets: readonly Node[], last: Node): Set<Node> {
    const reached = new Set(targets);
    for (const node of this.nodes.slice(0, last.id + 1)) {
      if (node.inputs.some((input) => reached.has(input))) reached.add(node);
    }
    return reached;
  }

  #inputGradients(node: Node, outputGradient: Node): readonly (Node | undefined)[] {
    const { operation, inputs, label } = node;
    if (operation?.gradient === undefined) {
      throw new TypeError(`${label}: must be differentiable to lie between loss and target`);
    }
    const gradients = operation.gradient(this, node, outputGradient);
    gradients.forEach((gradient, index) => {
      if (gradient === undefined) return;
      expectShape(operation.name, `gradient ${index}`, gradient.shape, inputs[index].shape);
    });
    return gradients;
  }

  #add(kind: NodeKind, node: Pick<Node, "shape" | "dtype" | "label"> & Partial<Node>): Node {
    const place = { scope: this.#scope, id: this.nodes.length };
    const added = { attributes: {}, inputs: [], ...node, kind, ...place };
    this.nodes.push(added);
    return added;
  }
}

/** The node whose memory `node` lies in: itself, or what it is an alias of. */
export function ownerOf(node: Node): Node {
  let owner = node;
  while (owner.operation?.alias) owner = owner.inputs[0];
  return owner;
}
