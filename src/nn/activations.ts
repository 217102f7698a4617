import {
  type Graph,
  gelu,
  leakyRelu,
  type Node,
  relu,
  sigmoid,
  softmax,
  tanh,
} from "../engine/index.js";
import type { Initializer } from "./initializers.js";
import { oneOf } from "./schema.js";

/** Nonlinearity after a layer; `linear` is none. */
export type Activation = "linear" | "relu" | "leakyRelu" | "sigmoid" | "tanh" | "gelu" | "softmax";

export const activationCheck = oneOf(
  "linear",
  "relu",
  "leakyRelu",
  "sigmoid",
  "tanh",
  "gelu",
  "softmax",
);

/** Slope of `leakyRelu` below 0 where none is given (Maas et al. 2013). */
const LEAKY_SLOPE = 0.01;

/** Adds the activation after `x`. */
export function applyActivation(
  graph: Graph,
  x: Node,
  activation: Activation = "linear",
  slope: number = LEAKY_SLOPE,
): Node {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return graph.apply(relu, [x], {});
    case "leakyRelu":
      return graph.apply(leakyRelu, [x], { slope });
    case "sigmoid":
      return graph.apply(sigmoid, [x], {});
    case "tanh":
      return graph.apply(tanh, [x], {});
    case "gelu":
      return graph.apply(gelu, [x], {});
    case "softmax":
      return graph.apply(softmax, [x], {});
  }
}

/** How weights start before this activation, where nothing is asked for: He before rectifiers, else Glorot. */
export function initializerFor(activation: Activation = "linear"): Initializer {
  const rectifier = activation === "relu" || activation === "leakyRelu" || activation === "gelu";
  return { type: rectifier ? "heNormal" : "glorotUniform" };
}
