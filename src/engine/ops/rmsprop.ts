import type { Operation } from "../operation.js";
import { expectUpdate } from "./update.js";

export type RmspropAttributes = {
  /** α, share of the mean square that lives on, in `[0, 1)`. */
  readonly decay: number;
  /** ε, added to the root, so that it can be divided by. */
  readonly epsilon: number;
  /** λ, pulls parameters towards 0: `g + λ·p` takes the place of g. */
  readonly weightDecay: number;
};

/**
 * RMSprop, in place: `g += λ·p`, `s = α·s + (1 - α)·g²`, `p -= lr·g / (√s + ε)` (Hinton 2012,
 * lecture 6e; the form of PyTorch's `torch.optim.RMSprop`).
 *
 * Shapes: parameter, square and gradient alike, rates `[4]` (see `update.ts`), output `[0]`.
 */
export const rmsprop: Operation<RmspropAttributes> = {
  name: "rmsprop",
  updates: [0, 1],
  updatesFrom: 2,
  shape: ([parameter, square, gradient, rates]) =>
    expectUpdate("rmsprop", [parameter, square, gradient], rates),
  reference({ inputs: [p, s, gradient, [lr]], attributes: { decay, epsilon, weightDecay } }) {
    for (let i = 0; i < p.length; i++) {
      const g = gradient[i] + weightDecay * p[i];
      s[i] = decay * s[i] + (1 - decay) * g * g;
      p[i] -= (lr * g) / (Math.sqrt(s[i]) + epsilon);
    }
  },
};
