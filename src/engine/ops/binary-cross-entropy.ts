import type { Operation } from "../operation.js";
import { expectSameShape, expectShape } from "../shape.js";

// n samples of m logits x each; targets t in [0, 1]; σ the logistic function.

/**
 * Mean over a sample's numbers of the cross-entropy of σ(x) against t,
 * `y = Σ_j (-t·ln σ(x) - (1 - t)·ln(1 - σ(x))) / m`.
 *
 * Shapes: logits and targets `[n, ...]`, y `[n]`, in nats. No gradient flows to the targets.
 * Computed as `max(x, 0) - t·x + ln(1 + e^-|x|)`, the same in a form that never overflows.
 */
export const binaryCrossEntropy: Operation<Record<string, never>> = {
  name: "binaryCrossEntropy",
  shape([logits, targets]) {
    expectSameShape("binaryCrossEntropy", logits, targets);
    return [logits[0]];
  },
  gradient(graph, node, dy) {
    const [logits, targets] = node.inputs;
    return [graph.apply(binaryCrossEntropyGradient, [logits, targets, dy], {}), undefined];
  },
  reference({ inputs: [x, t], output: y }) {
    const m = x.length / y.length;
    y.fill(0);
    for (let i = 0; i < x.length; i++) {
      const entropy = Math.max(x[i], 0) - t[i] * x[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
      y[Math.floor(i / m)] += entropy / m;
    }
  },
};

/** `dx_j = dy·(σ(x_j) - t_j) / m`. */
export const binaryCrossEntropyGradient: Operation<Record<string, never>> = {
  name: "binaryCrossEntropyGradient",
  shape([logits, targets, dy]) {
    expectSameShape("binaryCrossEntropyGradient", logits, targets);
    expectShape("binaryCrossEntropyGradient", "dy", dy, [logits[0]]);
    return logits;
  },
  reference({ inputs: [x, t, dy], output: dx }) {
    const m = x.length / dy.length;
    for (let i = 0; i < dx.length; i++) {
      const probability = 1 / (1 + Math.exp(-x[i]));
      dx[i] = (dy[Math.floor(i / m)] * (probability - t[i])) / m;
    }
  },
};
