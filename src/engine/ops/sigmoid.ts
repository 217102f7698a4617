import { elementwise } from "../elementwise.js";

/** Logistic function, `y = 1 / (1 + e^-x)`. */
export const sigmoid = elementwise<Record<string, never>>({
  name: "sigmoid",
  scalar: ([x]) => 1 / (1 + Math.exp(-x)),
  gradient: (graph, node, dy) => [graph.apply(sigmoidGradient, [dy, node], {})],
});

/** `dx = dy·y·(1 - y)`, from the output. */
export const sigmoidGradient = elementwise<Record<string, never>>({
  name: "sigmoidGradient",
  scalar: ([dy, y]) => dy * y * (1 - y),
});
