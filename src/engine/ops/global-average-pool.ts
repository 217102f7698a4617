import type { Operation } from "../operation.js";
import { expectRank, expectShape, type Shape } from "../shape.js";

/**
 * Mean over all pixels of an image, channel by channel, `y[n, c] = Σ_hw x[n, h, w, c] / (h·w)`
 * (Lin et al. 2014, section 3.2).
 *
 * Shapes: x `[n, h, w, c]`, y `[n, c]`.
 */
export const globalAveragePool: Operation<Record<string, never>> = {
  name: "globalAveragePool",
  shape([x]) {
    expectRank("globalAveragePool", x, 4);
    return [x[0], x[3]];
  },
  gradient(graph, node, dy) {
    const inputShape = node.inputs[0].shape;
    return [graph.apply(globalAveragePoolGradient, [dy], { inputShape })];
  },
  reference({ inputs: [x], inputShapes: [[n, h, w, c]], output: y }) {
    y.fill(0);
    for (let image = 0; image < n; image++) {
      for (let pixel = 0; pixel < h * w; pixel++) {
        for (let i = 0; i < c; i++) y[image * c + i] += x[(image * h * w + pixel) * c + i];
      }
    }
    for (let i = 0; i < y.length; i++) y[i] /= h * w;
  },
};

/** `dx[n, h, w, c] = dy[n, c] / (h·w)`. */
export const globalAveragePoolGradient: Operation<{ readonly inputShape: Shape }> = {
  name: "globalAveragePoolGradient",
  shape([dy], { inputShape }) {
    expectShape("globalAveragePoolGradient", "dy", dy, [inputShape[0], inputShape[3]]);
    return inputShape;
  },
  reference({ inputs: [dy], output: dx, outputShape: [n, h, w, c] }) {
    for (let image = 0; image < n; image++) {
      for (let pixel = 0; pixel < h * w; pixel++) {
        for (let i = 0; i < c; i++) {
          dx[(image * h * w + pixel) * c + i] = dy[image * c + i] / (h * w);
        }
      }
    }
  },
};
