import { elementwise } from "../elementwise.js";

/** Sum of two arrays of one shape, `y = a + b`; what joins the gradients of a value used twice. */
export const add = elementwise<Record<string, never>>({
  name: "add",
  scalar: ([a, b]) => a + b,
  gradient: (_graph, _node, outputGradient) => [outputGradient, outputGradient],
});
