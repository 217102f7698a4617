import { elementwise } from "../elementwise.js";
import type { Operation } from "../operation.js";
import { expectShape } from "../shape.js";

// Clipping by the global norm (Pascanu, Mikolov and Bengio 2013): the gradients g of all weights become
// g·min(1, limit / √Σg²). Steps of an optimizer: none of these has a gradient of its own.

/** Sum of squares, `y = Σ x_i²`. Shapes: x any, y `[1]`. */
export const squaredSum: Operation<Record<string, never>> = {
  name: "squaredSum",
  shape: () => [1],
  reference({ inputs: [x], output: y }) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
    y[0] = sum;
  },
};

/** What shortens a vector of squared length x to `limit` where it is longer, `y = min(1, limit / √x)`. */
export const clipFactor = elementwise<{ readonly limit: number }>({
  name: "clipFactor",
  scalar: ([x], { limit }) => Math.min(1, limit / Math.sqrt(x)),
});

/** Product with a computed number, `y = s·x`. Shapes: x any, s `[1]`, y as x. */
export const scaleBy: Operation<Record<string, never>> = {
  name: "scaleBy",
  shape([x, s]) {
    expectShape("scaleBy", "s", s, [1]);
    return x;
  },
  reference({ inputs: [x, [s]], output: y }) {
    for (let i = 0; i < x.length; i++) y[i] = s * x[i];
  },
};
