import { ShapeError } from "../base/index.js";
import type { Attributes, Operation } from "./operation.js";
import { add } from "./ops/add.js";
import { type DType, formatShape, type Shape, sameShape } from "./shape.js";

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
  /** What people call it: the name of an input or a weight, or the layer that asked for it. */
  readonly label: string;
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
  /** Prefix of labels and errors, such as `layers[3] conv2d`; set by whoever adds nodes. */
  scope = "";

  /** An array that the caller writes before each step. */
  input(name: string, shape: Shape, dtype: DType = "f32"): Node {
    return this.#add({ kind: "input", shape, dtype, label: name, attributes: {}, inputs: [] });
  }

  /** An array that lives from step to step. */
  state(name: string, shape: Shape): Node {
    return this.#add({
      kind: "state",
      shape,
      dtype: "f32",
      label: name,
      attributes: {},
      inputs: [],
    });
  }

  /** Result of `operation` on `inputs`. Throws a `ShapeError`, naming the scope, if they don't fit. */
  apply<A extends Attributes>(
    operation: Operation<A>,
    inputs: readonly Node[],
    attributes: A,
  ): Node {
    let shape: Shape;
    try {
      shape = operation.shape(
        inputs.map((input) => input.shape),
        attributes,
      );
    } catch (error) {
      if (!(error instanceof ShapeError) || this.scope === "") throw error;
      throw new ShapeError(`${this.scope}: ${error.message}`);
    }
    const label = this.scope === "" ? operation.name : `${this.scope} ${operation.name}`;
    const dtype = operation.dtype ?? "f32";
    // An operation is looked at through its own attributes only by its own functions.
    const plain = operation as unknown as Operation;
    return this.#add({
      kind: "computed",
      shape,
      dtype,
      label,
      operation: plain,
      attributes,
      inputs,
    });
  }

  /** Makes `node` readable after a step under `name`. */
  result(name: string, node: Node): void {
    this.results.set(name, node);
  }

  /**
   * Adds the gradient of the scalar `loss` with respect to each of `targets`, by reverse
   * accumulation: `seed` is d loss / d loss, an array of the shape of `loss`.
   *
   * @returns one node per target, in order; of the target's shape
   */
  gradients(loss: Node, targets: readonly Node[], seed: Node): Node[] {
    const needed = this.#leadingTo(targets, loss.id);
    const gradientOf = new Map<number, Node>([[loss.id, seed]]);
    for (let id = loss.id; id >= 0; id--) {
      const node = this.nodes[id];
      const outputGradient = gradientOf.get(id);
      if (outputGradient === undefined || node.operation === undefined || !needed.has(id)) continue;
      if (!node.inputs.some((input) => needed.has(input.id))) continue;
      const { gradient, name } = node.operation;
      if (gradient === undefined) throw new TypeError(`${name}: has no gradient`);
      this.scope = node.label.endsWith(name) ? node.label.slice(0, -name.length).trim() : "";
      const inputGradients = gradient.call(node.operation, this, node, outputGradient);
      node.inputs.forEach((input, index) => {
        const added = inputGradients[index];
        if (added === undefined || !needed.has(input.id)) return;
        if (!sameShape(added.shape, input.shape)) {
          throw new ShapeError(
            `${node.label}: gradient ${index} must be ${formatShape(input.shape)}, got ${formatShape(added.shape)}`,
          );
        }
        const before = gradientOf.get(input.id);
        gradientOf.set(
          input.id,
          before === undefined ? added : this.apply(add, [before, added], {}),
        );
      });
    }
    this.scope = "";
    return targets.map((target) => {
      const gradient = gradientOf.get(target.id);
      if (gradient === undefined)
        throw new TypeError(`${target.label}: the loss does not depend on it`);
      return gradient;
    });
  }

  /** Ids of the nodes up to `last` on a path from any of `targets`. */
  #leadingTo(targets: readonly Node[], last: number): Set<number> {
    const reached = new Set(targets.map((target) => target.id));
    for (let id = 0; id <= last; id++) {
      if (this.nodes[id].inputs.some((input) => reached.has(input.id))) reached.add(id);
    }
    return reached;
  }

  #add(node: Omit<Node, "id">): Node {
    const added = { ...node, id: this.nodes.length };
    this.nodes.push(added);
    return added;
  }
}
