import { logSumExp } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectRank, expectShape, type Shape } from "../shape.js";

// n samples, c classes, t_j the share of the truth that lies in class j, p = softmax(logits).

export type CrossEntropyAttributes = {
  /** Share s of every target spread evenly over all classes, in `[0, 1]` (Szegedy et al. 2016, 7). */
  readonly smoothing: number;
};

/**
 * Cross-entropy of the softmax of logits x against one true class each,
 * `y = -Σ_j t_j·ln p_j = ln Σ_k e^x_k - Σ_j t_j·x_j`, with `t_j = (1 - s)·[j = label] + s/c`.
 *
 * Shapes: logits `[n, c]`, labels `[n]` of i32 in `[0, c)`, y `[n]`, in nats.
 */
export const softmaxCrossEntropy: Operation<CrossEntropyAttributes> = {
  name: "softmaxCrossEntropy",
  shape([logits, labels]) {
    expectRank("softmaxCrossEntropy", logits, 2);
    expectShape("softmaxCrossEntropy", "labels", labels, [logits[0]]);
    return labels;
  },
  gradient(graph, node, dy) {
    const [logits, labels] = node.inputs;
    const inputs = [logits, labels, dy];
    return [graph.apply(softmaxCrossEntropyGradient, inputs, node.attributes), undefined];
  },
  reference({ inputs: [x, labels], inputShapes: [[n, c]], output: y, attributes }) {
    for (let row = 0; row < n; row++) {
      y[row] = logSumExp(x, row * c, c);
      for (let j = 0; j < c; j++) y[row] -= target(labels[row], j, c, attributes) * x[row * c + j];
    }
  },
};

/** `dx_j = dy·(p_j - t_j)`. */
export const softmaxCrossEntropyGradient: Operation<CrossEntropyAttributes> = {
  name: "softmaxCrossEntropyGradient",
  shape([logits, labels, dy]: readonly Shape[]) {
    expectShape("softmaxCrossEntropyGradient", "dy", dy, labels);
    return logits;
  },
  reference({ inputs: [x, labels, dy], inputShapes: [[n, c]], output: dx, attributes }) {
    for (let row = 0; row < n; row++) {
      const norm = logSumExp(x, row * c, c);
      for (let j = 0; j < c; j++) {
        const p = Math.exp(x[row * c + j] - norm);
        dx[row * c + j] = dy[row] * (p - target(labels[row], j, c, attributes));
      }
    }
  },
};

function target(
  label: number,
  j: number,
  c: number,
  { smoothing }: CrossEntropyAttributes,
): number {
  return (j === label ? 1 - smoothing : 0) + smoothing / c;
}
