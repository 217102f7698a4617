import type { Operation } from "../operation.js";
import { expectRank, expectShape, type Shape } from "../shape.js";

/** Mean of a vector, `y = Σ x_i / n`: the loss of a batch. Shapes: x `[n]`, y `[1]`. */
export const mean: Operation<Record<string, never>> = {
  name: "mean",
  shape([x]) {
    expectRank("mean", x, 1);
    return [1];
  },
  gradient: (graph, node, dy) => [graph.apply(spread, [dy], { shape: node.inputs[0].shape })],
  reference({ inputs: [x], output: y }) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i];
    y[0] = sum / x.length;
  },
};

/** `dx_i = dy / n`, every element alike. Shapes: dy `[1]`, dx `shape`. */
export const spread: Operation<{ readonly shape: Shape }> = {
  name: "spread",
  shape([dy], { shape }) {
    expectShape("spread", "dy", dy, [1]);
    return shape;
  },
  reference: ({ inputs: [dy], output: dx }) => dx.fill(dy[0] / dx.length),
};
