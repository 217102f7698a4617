import type { Operation } from "../operation.js";
import { expectSameShape, expectShape } from "../shape.js";

// n samples of m numbers each.

/**
 * Mean over a sample's numbers of the squared error, `y = Σ_j (prediction_j - target_j)² / m`.
 *
 * Shapes: prediction and target `[n, ...]`, y `[n]`. No gradient flows to the target.
 */
export const meanSquaredError: Operation<Record<string, never>> = {
  name: "meanSquaredError",
  shape([prediction, target]) {
    expectSameShape("meanSquaredError", prediction, target);
    return [prediction[0]];
  },
  gradient(graph, node, dy) {
    const [prediction, target] = node.inputs;
    return [graph.apply(meanSquaredErrorGradient, [prediction, target, dy], {}), undefined];
  },
  reference({ inputs: [prediction, target], output: y }) {
    const m = prediction.length / y.length;
    y.fill(0);
    for (let i = 0; i < prediction.length; i++) {
      y[Math.floor(i / m)] += (prediction[i] - target[i]) ** 2 / m;
    }
  },
};

/** `dprediction_j = dy·2·(prediction_j - target_j) / m`. */
export const meanSquaredErrorGradient: Operation<Record<string, never>> = {
  name: "meanSquaredErrorGradient",
  shape([prediction, target, dy]) {
    expectSameShape("meanSquaredErrorGradient", prediction, target);
    expectShape("meanSquaredErrorGradient", "dy", dy, [prediction[0]]);
    return prediction;
  },
  reference({ inputs: [prediction, target, dy], output: dx }) {
    const m = prediction.length / dy.length;
    for (let i = 0; i < dx.length; i++) {
      dx[i] = (dy[Math.floor(i / m)] * 2 * (prediction[i] - target[i])) / m;
    }
  },
};
