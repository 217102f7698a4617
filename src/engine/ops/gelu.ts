import { elementwise } from "../elementwise.js";

/** √(2/π) and the cubic coefficient of the approximation. */
const SCALE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/**
 * Gaussian error linear unit, `y = ½x·(1 + tanh u)` with `u = √(2/π)·(x + 0.044715·x³)`:
 * the approximation by tanh (Hendrycks and Gimpel 2016, section 2).
 */
export const gelu = elementwise<Record<string, never>>({
  name: "gelu",
  scalar: ([x]) => 0.5 * x * (1 + Math.tanh(SCALE * (x + CUBIC * x * x * x))),
  gradient: (graph, node, dy) => [graph.apply(geluGradient, [dy, node.inputs[0]], {})],
});

/**
 * `dx = dy·(½(1 + t) + ½x·(1 - t²)·u')` with `t = tanh u` and `u' = √(2/π)·(1 + 3·0.044715·x²)`.
 */
export const geluGradient = elementwise<Record<string, never>>({
  name: "geluGradient",
  scalar: ([dy, x]) => {
    const t = Math.tanh(SCALE * (x + CUBIC * x * x * x));
    const slope = SCALE * (1 + 3 * CUBIC * x * x);
    return dy * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope);
  },
});
