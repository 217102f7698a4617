import type { Operation } from "../operation.js";
import { expectUpdate } from "./update.js";

export type AdamAttributes = {
  /** Shares of the first and second moment that live on, in `[0, 1)`. */
  readonly beta1: number;
  readonly beta2: number;
  /** ε, added to the root, so that it can be divided by. */
  readonly epsilon: number;
  /** λ, pulls parameters towards 0. */
  readonly weightDecay: number;
  /** AdamW: the decay acts on the parameter itself, not through the gradient. */
  readonly decoupled: boolean;
};

/**
 * Adam, in place: `m = β1·m + (1 - β1)·g`, `v = β2·v + (1 - β2)·g²`,
 * `p -= lr·(m·c1) / (√(v·c2) + ε)` with the corrections `c = 1 / (1 - β^t)` (Kingma and Ba 2015,
 * algorithm 1). Weight decay first: `g += λ·p`, or decoupled `p -= lr·λ·p` (AdamW, Loshchilov and
 * Hutter 2019, algorithm 2; the forms of PyTorch's `torch.optim`).
 *
 * Shapes: parameter, first, second and gradient alike, rates `[4]` (see `update.ts`), output `[0]`.
 */
export const adam: Operation<AdamAttributes> = {
  name: "adam",
  updates: [0, 1, 2],
  updatesFrom: 3,
  shape: ([parameter, first, second, gradient, rates]) =>
    expectUpdate("adam", [parameter, first, second, gradient], rates),
  reference({ inputs: [p, m, v, gradient, [lr, c1, c2]], attributes }) {
    const { beta1, beta2, epsilon, weightDecay, decoupled } = attributes;
    for (let i = 0; i < p.length; i++) {
      const g = decoupled ? gradient[i] : gradient[i] + weightDecay * p[i];
      if (decoupled) p[i] -= lr * weightDecay * p[i];
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      p[i] -= (lr * (m[i] * c1)) / (Math.sqrt(v[i] * c2) + epsilon);
    }
  },
};
