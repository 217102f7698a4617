import { elementwise } from "../elementwise.js";
import type { Operation } from "../operation.js";

export type ScaleAttributes = { readonly factor: number };

/** Product with a fixed number, `y = factor·x`. Gradient: `dx = factor·dy`. */
export const scale: Operation<ScaleAttributes> = elementwise<ScaleAttributes>({
  name: "scale",
  scalar: ([x], { factor }) => factor * x,
  gradient: (graph, node, dy) => [graph.apply(scale, [dy], node.attributes)],
});
