import { ShapeError } from "../../base/index.js";
import { addBias, formatShape, matmul } from "../../engine/index.js";
import {
  type Activation,
  activationCheck,
  applyActivation,
  initializerFor,
} from "../activations.js";
import { type Initializer, initialize, initializerCheck } from "../initializers.js";
import { flag, integer, optional } from "../schema.js";
import { type LayerKind, MAX_EXTENT, type Parameter } from "./layer.js";

export interface Dense {
  readonly type: "dense";
  readonly units: number;
  readonly activation?: Activation;
  /** Of the weights. Default: He before rectifiers, else Glorot. */
  readonly initializer?: Initializer;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * Fully connected layer, `y = activation(x·W + b)`.
 *
 * Shapes: x `[n, inputs]`, W `[inputs, units]`, b `[units]`, y `[n, units]`. b starts at 0.
 */
export const denseKind: LayerKind<Dense> = {
  type: "dense",
  options: {
    units: integer(1, MAX_EXTENT),
    activation: optional(activationCheck),
    initializer: optional(initializerCheck),
    bias: optional(flag),
  },
  parameters({ units, activation, initializer = initializerFor(activation), bias = true }, input) {
    if (input.length !== 1) {
      throw new ShapeError(
        `dense: input must be flat, got ${formatShape(input)}; put a flatten before it`,
      );
    }
    const shape = [input[0], units];
    const fan = { inputs: input[0], outputs: units };
    const weight: Parameter = {
      name: "weight",
      shape,
      trained: true,
      initial: (random) => initialize(initializer, shape, { fan, random }),
    };
    return bias ? [weight, zeros("bias", units)] : [weight];
  },
  build({ activation }, { graph, input, parameters }) {
    let y = graph.apply(matmul, [input, parameters.weight], {
      transposeA: false,
      transposeB: false,
    });
    if (parameters.bias !== undefined) y = graph.apply(addBias, [y, parameters.bias], {});
    return applyActivation(graph, y, activation);
  },
};

/** A trained array of one value a channel that starts at 0. */
export function zeros(name: string, channels: number): Parameter {
  return { name, shape: [channels], trained: true, initial: () => new Float32Array(channels) };
}
