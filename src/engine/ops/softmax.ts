import { logSumExp } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectSameShape, lastAxis } from "../shape.js";

/**
 * Softmax along the last axis, `y_j = e^x_j / Σ_k e^x_k`: any numbers become shares of 1.
 *
 * Shapes: x and y `[..., c]`. Gradient: see {@link softmaxGradient}.
 */
export const softmax: Operation<Record<string, never>> = {
  name: "softmax",
  shape: ([x]) => x,
  gradient: (graph, node, dy) => [graph.apply(softmaxGradient, [dy, node], {})],
  reference({ inputs: [x], output: y, outputShape }) {
    const c = lastAxis(outputShape);
    for (let start = 0; start < x.length; start += c) {
      const norm = logSumExp(x, start, c);
      for (let j = start; j < start + c; j++) y[j] = Math.exp(x[j] - norm);
    }
  },
};

/** `dx_j = y_j·(dy_j - Σ_k dy_k·y_k)`, from the output. */
export const softmaxGradient: Operation<Record<string, never>> = {
  name: "softmaxGradient",
  shape([dy, y]) {
    expectSameShape("softmaxGradient", dy, y);
    return y;
  },
  reference({ inputs: [dy, y], output: dx, outputShape }) {
    const c = lastAxis(outputShape);
    for (let start = 0; start < y.length; start += c) {
      let sum = 0;
      for (let k = start; k < start + c; k++) sum += dy[k] * y[k];
      for (let j = start; j < start + c; j++) dx[j] = y[j] * (dy[j] - sum);
    }
  },
};
