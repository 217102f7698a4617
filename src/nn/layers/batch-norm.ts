import { batchNorm, batchStatistics, movingAverage } from "../../engine/index.js";
import { number, optional } from "../schema.js";
import { zeros } from "./dense.js";
import type { LayerKind } from "./layer.js";

export interface BatchNorm {
  readonly type: "batchNorm";
  /** Share of the running statistics kept at each step. Default 0.9; PyTorch's momentum is 1 - this. */
  readonly momentum?: number;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Batch normalisation, `y = gamma·(x - mean) / √(variance + epsilon) + beta` (Ioffe and Szegedy 2015).
 *
 * While training, mean and variance of each channel are those of the batch, and the running
 * statistics move towards them; in use, or where they are frozen, they are the running statistics. The variance is the
 * biased one (divided by n) in both places, as in Keras; PyTorch normalises with the biased one
 * but keeps the unbiased one for use.
 *
 * Shapes: x and y `[n, …, c]`; gamma, beta `[c]`, starting at 1 and 0; statistics `[2, c]`, mean
 * above variance, starting at 0 and 1.
 */
export const batchNormKind: LayerKind<BatchNorm> = {
  type: "batchNorm",
  options: { momentum: optional(number(0, 1)), epsilon: optional(number(1e-12, 1)) },
  parameters(_description, input) {
    const channels = input[input.length - 1];
    return [
      {
        name: "gamma",
        shape: [channels],
        trained: true,
        initial: () => new Float32Array(channels).fill(1),
      },
      zeros("beta", channels),
      {
        name: "statistics",
        shape: [2, channels],
        trained: false,
        initial: () => new Float32Array(2 * channels).fill(1, channels),
        problem(data) {
          const place = data.findIndex((value, i) => i >= channels && value < 0);
          return place < 0
            ? undefined
            : `[${place}] must be a variance, at least 0, got ${data[place]}`;
        },
      },
    ];
  },
  build({ momentum = 0.9, epsilon = 1e-5 }, { graph, input, parameters, training }) {
    const { gamma, beta, statistics: running } = parameters;
    if (training === undefined || training.frozenStatistics) {
      return graph.apply(batchNorm, [input, gamma, beta, running], { epsilon, frozen: true });
    }
    const statistics = graph.apply(batchStatistics, [input], {});
    graph.apply(movingAverage, [running, statistics], { decay: momentum });
    return graph.apply(batchNorm, [input, gamma, beta, statistics], { epsilon, frozen: false });
  },
};
