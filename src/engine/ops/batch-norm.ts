import type { Operation } from "../operation.js";
import { expectSameShape, expectShape, lastAxis, type Shape } from "../shape.js";
import { sumRows } from "./sum-rows.js";

// c channels; m numbers per channel, the product of all axes but the last.
// statistics [2, c]: row 0 the means, row 1 the variances.

export type BatchNormAttributes = {
  /** Added to the variance, so that the root of it can be divided by. */
  readonly epsilon: number;
  /** The statistics are constants, as in use; otherwise they are those of x itself. */
  readonly frozen: boolean;
};

/**
 * Mean and biased variance of each channel, `μ = Σ x / m`, `σ² = Σ (x - μ)² / m`.
 *
 * Shapes: x `[..., c]`, y `[2, c]`. Two passes, as the difference of two great sums would lose
 * digits. Has no gradient of its own: {@link batchNormGradient} accounts for both.
 */
export const batchStatistics: Operation<Record<string, never>> = {
  name: "batchStatistics",
  shape: ([x]) => [2, lastAxis(x)],
  reference({ inputs: [x], output: y, outputShape: [, c] }) {
    const m = x.length / c;
    y.fill(0);
    for (let i = 0; i < x.length; i++) y[i % c] += x[i] / m;
    for (let i = 0; i < x.length; i++) y[c + (i % c)] += (x[i] - y[i % c]) ** 2 / m;
  },
};

/**
 * Batch normalisation, `y = γ·x̂ + β` with `x̂ = (x - μ) / √(σ² + ε)` (Ioffe and Szegedy 2015,
 * algorithm 1).
 *
 * Shapes: x and y `[..., c]`, gamma and beta `[c]`, statistics `[2, c]`: those of
 * {@link batchStatistics} of x in training, kept averages in use (`frozen`).
 */
export const batchNorm: Operation<BatchNormAttributes> = {
  name: "batchNorm",
  takesEpilogue: true,
  shape([x, gamma, beta, statistics]) {
    expectChannels("batchNorm", x, { gamma, beta }, statistics);
    return x;
  },
  gradient(graph, node, dy) {
    const [x, gamma, , statistics] = node.inputs;
    const { epsilon } = node.attributes;
    const dgamma = graph.apply(batchNormScaleGradient, [dy, x, statistics], { epsilon });
    const dbeta = graph.apply(sumRows, [dy], {});
    const inputs = [dy, x, gamma, statistics, dgamma, dbeta];
    return [graph.apply(batchNormGradient, inputs, node.attributes), dgamma, dbeta, undefined];
  },
  reference({ inputs: [x, gamma, beta, statistics], output: y, attributes: { epsilon } }) {
    const c = gamma.length;
    for (let i = 0; i < x.length; i++) {
      const j = i % c;
      const normal = (x[i] - statistics[j]) / Math.sqrt(statistics[c + j] + epsilon);
      y[i] = gamma[j] * normal + beta[j];
    }
  },
};

/**
 * Gradient of {@link batchNorm} with respect to x.
 *
 * With statistics of x: `dx = γ/√(σ² + ε) · (dy - dβ/m - x̂·dγ/m)`; each x also moves the mean and
 * the variance, and the two subtracted terms are what flows back through them (Ioffe and Szegedy
 * 2015, section 3, the chain rule put together). Frozen: `dx = γ/√(σ² + ε) · dy`.
 */
export const batchNormGradient: Operation<BatchNormAttributes> = {
  name: "batchNormGradient",
  takesEpilogue: true,
  shape([dy, x, gamma, statistics, dgamma, dbeta]) {
    expectSameShape("batchNormGradient", dy, x);
    expectChannels("batchNormGradient", x, { gamma, dgamma, dbeta }, statistics);
    return x;
  },
  reference({ inputs, output: dx, attributes: { epsilon, frozen } }) {
    const [dy, x, gamma, statistics, dgamma, dbeta] = inputs;
    const c = gamma.length;
    const m = x.length / c;
    for (let i = 0; i < x.length; i++) {
      const j = i % c;
      const deviation = Math.sqrt(statistics[c + j] + epsilon);
      const normal = (x[i] - statistics[j]) / deviation;
      const through = frozen ? 0 : (dbeta[j] + normal * dgamma[j]) / m;
      dx[i] = (gamma[j] / deviation) * (dy[i] - through);
    }
  },
};

/** `dγ = Σ dy·x̂` over all axes but the last. Shapes: dy and x `[..., c]`, dγ `[c]`. */
export const batchNormScaleGradient: Operation<{ readonly epsilon: number }> = {
  name: "batchNormScaleGradient",
  shape([dy, x, statistics]) {
    expectSameShape("batchNormScaleGradient", dy, x);
    expectChannels("batchNormScaleGradient", x, {}, statistics);
    return [lastAxis(x)];
  },
  reference({ inputs: [dy, x, statistics], output: dgamma, attributes: { epsilon } }) {
    const c = dgamma.length;
    dgamma.fill(0);
    for (let i = 0; i < x.length; i++) {
      const j = i % c;
      dgamma[j] += (dy[i] * (x[i] - statistics[j])) / Math.sqrt(statistics[c + j] + epsilon);
    }
  },
};

function expectChannels(
  where: string,
  x: Shape,
  perChannel: Readonly<Record<string, Shape>>,
  statistics: Shape,
): void {
  const c = lastAxis(x);
  for (const [what, shape] of Object.entries(perChannel)) expectShape(where, what, shape, [c]);
  expectShape(where, "statistics", statistics, [2, c]);
}
