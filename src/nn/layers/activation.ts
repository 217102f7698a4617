import { type Activation, activationCheck, applyActivation } from "../activations.js";
import { number, optional } from "../schema.js";
import type { LayerKind } from "./layer.js";

export interface ActivationLayer {
  readonly type: "activation";
  readonly activation: Activation;
  /** Of `leakyRelu` below 0. Default 0.01. */
  readonly slope?: number;
}

/**
 * A nonlinearity as a layer of its own, for use after a batch normalisation.
 *
 * - `relu`: max(x, 0); `leakyRelu`: x, or slope·x below 0 (Maas et al. 2013)
 * - `sigmoid`: 1 / (1 + e⁻ˣ); `tanh`
 * - `gelu`: the tanh approximation of x·Φ(x) (Hendrycks and Gimpel 2016)
 * - `softmax`: eˣ / Σ eˣ along the last axis
 *
 * Shapes: x and y alike.
 */
export const activationKind: LayerKind<ActivationLayer> = {
  type: "activation",
  options: { activation: activationCheck, slope: optional(number(0, 1)) },
  parameters: () => [],
  build({ activation, slope }, { graph, input }) {
    return applyActivation(graph, input, activation, slope);
  },
};
