import type { Operation } from "../operation.js";
import { lastAxis } from "../shape.js";

/**
 * Sum over all axes but the last, `y[c] = Σ x[..., c]`: the gradient of a bias.
 *
 * Shapes: x `[..., c]`, y `[c]`. A last link of gradients; has none of its own.
 */
export const sumRows: Operation<Record<string, never>> = {
  name: "sumRows",
  shape: ([x]) => [lastAxis(x)],
  reference({ inputs: [x], output: y }) {
    y.fill(0);
    for (let i = 0; i < x.length; i++) y[i % y.length] += x[i];
  },
};
