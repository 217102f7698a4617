import { elementwise } from "../elementwise.js";
import { sumRows } from "./sum-rows.js";

/**
 * Adds one number per channel, `y = x + b`.
 *
 * Shapes: x `[..., c]`, b `[c]`, y as x. Gradient: `dx = dy`, `db = Σ dy` over all axes but the last.
 */
export const addBias = elementwise<Record<string, never>>({
  name: "addBias",
  broadcast: [1],
  scalar: ([x, b]) => x + b,
  gradient: (graph, _node, dy) => [dy, graph.apply(sumRows, [dy], {})],
});
