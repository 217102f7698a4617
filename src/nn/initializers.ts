import type { Random } from "../base/index.js";
import { type Shape, sizeOf } from "../engine/index.js";
import { type Check, number, variant } from "./schema.js";

/** How the weights of a layer start. Plain data. */
export type Initializer =
  | { readonly type: "glorotUniform" | "glorotNormal" | "heNormal" | "heUniform" | "zeros" }
  | { readonly type: "normal"; readonly deviation: number };

/** How many values one output is summed from, and how many outputs one input goes into. */
export interface Fan {
  readonly inputs: number;
  readonly outputs: number;
}

export const initializerCheck: Check = variant({
  glorotUniform: {},
  glorotNormal: {},
  heNormal: {},
  heUniform: {},
  zeros: {},
  normal: { deviation: number(0, 1e3) },
});

/**
 * Starting weights: the same numbers for the same `random`, on every machine.
 *
 * - `glorotUniform`, `glorotNormal`: variance 2 / (inputs + outputs), which keeps the variance of
 *   activations and gradients where the activation is close to linear (Glorot and Bengio 2010, eq. 12, 16)
 * - `heNormal`, `heUniform`: variance 2 / inputs, which does so for rectifiers (He et al. 2015, eq. 10)
 * - `normal`: variance deviation²
 *
 * The uniform ones are drawn from ±√(3·variance). The normal ones are not truncated.
 */
export function initialize(
  initializer: Initializer,
  shape: Shape,
  { fan, random }: { fan: Fan; random: Random },
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  const deviation = Math.sqrt(variance(initializer, fan));
  const uniform = initializer.type === "glorotUniform" || initializer.type === "heUniform";
  const limit = Math.sqrt(3) * deviation;
  if (deviation === 0) return values;
  for (let i = 0; i < values.length; i++) {
    values[i] = uniform ? random.between(-limit, limit) : deviation * random.normal();
  }
  return values;
}

function variance(initializer: Initializer, fan: Fan): number {
  switch (initializer.type) {
    case "zeros":
      return 0;
    case "normal":
      return initializer.deviation * initializer.deviation;
    case "heNormal":
    case "heUniform":
      return 2 / fan.inputs;
    case "glorotNormal":
    case "glorotUniform":
      return 2 / (fan.inputs + fan.outputs);
  }
}
