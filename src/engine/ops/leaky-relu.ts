import { elementwise } from "../elementwise.js";

export type LeakyReluAttributes = {
  /** What negative inputs are multiplied with, such as 0.01. */
  readonly slope: number;
};

/** Leaky rectified linear unit, `y = x` where `x > 0`, else `slope·x` (Maas et al. 2013). */
export const leakyRelu = elementwise<LeakyReluAttributes>({
  name: "leakyRelu",
  scalar: ([x], { slope }) => (x > 0 ? x : slope * x),
  gradient: (graph, node, dy) => [
    graph.apply(leakyReluGradient, [dy, node.inputs[0]], node.attributes),
  ],
});

/** `dx = dy` where `x > 0`, else `slope·dy`. */
export const leakyReluGradient = elementwise<LeakyReluAttributes>({
  name: "leakyReluGradient",
  scalar: ([dy, x], { slope }) => (x > 0 ? dy : slope * dy),
});
