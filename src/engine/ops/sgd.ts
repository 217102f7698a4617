import type { Operation } from "../operation.js";
import { expectUpdate } from "./update.js";

// p a parameter, g its gradient, v its velocity, lr the learning rate.

export type SgdAttributes = {
  /** λ, pulls parameters towards 0: `g + λ·p` takes the place of g. */
  readonly weightDecay: number;
};

export type SgdMomentumAttributes = SgdAttributes & {
  /** μ, share of the velocity that lives on, in `[0, 1)`. */
  readonly momentum: number;
  /** Looks ahead along the velocity (Nesterov 1983, as in Sutskever et al. 2013). */
  readonly nesterov: boolean;
};

/**
 * Stochastic gradient descent, in place: `g += λ·p`, `p -= lr·g`.
 *
 * Shapes: parameter and gradient alike, rates `[4]` (see `update.ts`), output `[0]`.
 */
export const sgd: Operation<SgdAttributes> = {
  name: "sgd",
  updates: [0],
  updatesFrom: 1,
  shape: ([parameter, gradient, rates]) => expectUpdate("sgd", [parameter, gradient], rates),
  reference({ inputs: [p, gradient, [lr]], attributes: { weightDecay } }) {
    for (let i = 0; i < p.length; i++) p[i] -= lr * (gradient[i] + weightDecay * p[i]);
  },
};

/**
 * Gradient descent with momentum, in place: `g += λ·p`, `v = μ·v + g`, `p -= lr·v`; with Nesterov's
 * look ahead `p -= lr·(g + μ·v)` (the form of PyTorch's `torch.optim.SGD`).
 *
 * Shapes: parameter, velocity and gradient alike, rates `[4]` (see `update.ts`), output `[0]`.
 */
export const sgdMomentum: Operation<SgdMomentumAttributes> = {
  name: "sgdMomentum",
  updates: [0, 1],
  updatesFrom: 2,
  shape: ([parameter, velocity, gradient, rates]) =>
    expectUpdate("sgdMomentum", [parameter, velocity, gradient], rates),
  reference({ inputs: [p, v, gradient, [lr]], attributes }) {
    const { momentum, nesterov, weightDecay } = attributes;
    for (let i = 0; i < p.length; i++) {
      const g = gradient[i] + weightDecay * p[i];
      v[i] = momentum * v[i] + g;
      p[i] -= lr * (nesterov ? g + momentum * v[i] : v[i]);
    }
  },
};
