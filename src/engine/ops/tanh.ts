import { elementwise } from "../elementwise.js";

/** Hyperbolic tangent, `y = tanh x`. */
export const tanh = elementwise<Record<string, never>>({
  name: "tanh",
  scalar: ([x]) => Math.tanh(x),
  gradient: (graph, node, dy) => [graph.apply(tanhGradient, [dy, node], {})],
});

/** `dx = dy·(1 - y²)`, from the output. */
export const tanhGradient = elementwise<Record<string, never>>({
  name: "tanhGradient",
  scalar: ([dy, y]) => dy * (1 - y * y),
});
