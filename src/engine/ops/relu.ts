import { elementwise } from "../elementwise.js";

/** Rectified linear unit, `y = max(x, 0)`. */
export const relu = elementwise<Record<string, never>>({
  name: "relu",
  scalar: ([x]) => Math.max(x, 0),
  gradient: (graph, node, outputGradient) => [
    graph.apply(reluGradient, [outputGradient, node], {}),
  ],
});

/** `dx = dy` where `y > 0`, else 0; from the output, so that the input may be overwritten. */
export const reluGradient = elementwise<Record<string, never>>({
  name: "reluGradient",
  scalar: ([dy, y]) => (y > 0 ? dy : 0),
});
