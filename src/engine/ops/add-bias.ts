import { elementwise } from "../elementwise.js";
import { maxPool2dGradient } from "./max-pool2d.js";
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
  gradient: (graph, _node, dy) => {
    // Each window's gradient goes to one pixel, so the sum is that of the windows, which are fewer.
    const summed = dy.operation?.name === maxPool2dGradient.name ? dy.inputs[0] : dy;
    return [dy, graph.apply(sumRows, [summed], {})];
  },
});
