import { logSumExp } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectRank, expectSameShape, expectShape } from "../shape.js";
import type { CrossEntropyAttributes } from "./softmax-cross-entropy.js";

// n samples, c classes, t the smoothed targets, p = softmax(logits).

/**
 * Cross-entropy of the softmax of logits x against targets that spread over the classes,
 * `y = -Σ_j t_j·ln p_j = Σ_j t_j·(ln Σ_k e^x_k - x_j)`, with `t_j = (1 - s)·target_j + s/c`.
 *
 * Shapes: logits and targets `[n, c]`, y `[n]`, in nats. No gradient flows to the targets.
 */
export const softCrossEntropy: Operation<CrossEntropyAttributes> = {
  name: "softCrossEntropy",
  shape([logits, targets]) {
    expectRank("softCrossEntropy", logits, 2);
    expectSameShape("softCrossEntropy", logits, targets);
    return [logits[0]];
  },
  gradient(graph, node, dy) {
    const [logits, targets] = node.inputs;
    const inputs = [logits, targets, dy];
    return [graph.apply(softCrossEntropyGradient, inputs, node.attributes), undefined];
  },
  reference({ inputs: [x, targets], inputShapes: [[n, c]], output: y, attributes }) {
    for (let row = 0; row < n; row++) {
      const norm = logSumExp(x, row * c, c);
      y[row] = 0;
      for (let j = row * c; j < (row + 1) * c; j++) {
        y[row] += smoothed(targets[j], c, attributes) * (norm - x[j]);
      }
    }
  },
};

/** `dx_j = dy·(p_j·Σ_k t_k - t_j)`; the sum is 1 where targets are shares. */
export const softCrossEntropyGradient: Operation<CrossEntropyAttributes> = {
  name: "softCrossEntropyGradient",
  shape([logits, targets, dy]) {
    expectSameShape("softCrossEntropyGradient", logits, targets);
    expectShape("softCrossEntropyGradient", "dy", dy, [logits[0]]);
    return logits;
  },
  reference({ inputs: [x, targets, dy], inputShapes: [[n, c]], output: dx, attributes }) {
    for (let row = 0; row < n; row++) {
      const norm = logSumExp(x, row * c, c);
      let sum = 0;
      for (let k = row * c; k < (row + 1) * c; k++) sum += smoothed(targets[k], c, attributes);
      for (let j = row * c; j < (row + 1) * c; j++) {
        const p = Math.exp(x[j] - norm);
        dx[j] = dy[row] * (p * sum - smoothed(targets[j], c, attributes));
      }
    }
  },
};

function smoothed(target: number, c: number, { smoothing }: CrossEntropyAttributes): number {
  return (1 - smoothing) * target + smoothing / c;
}
