import { addBias, conv2d, samePadding } from "../../engine/index.js";
import {
  type Activation,
  activationCheck,
  applyActivation,
  initializerFor,
} from "../activations.js";
import { type Initializer, initialize, initializerCheck } from "../initializers.js";
import { flag, integer, oneOf, oneOrPair, optional } from "../schema.js";
import { zeros } from "./dense.js";
import { expectImage, type LayerKind, MAX_EXTENT, type Parameter, pair } from "./layer.js";

export interface Conv2d {
  readonly type: "conv2d";
  readonly filters: number;
  /** Pixels, or `[height, width]`. */
  readonly kernel: number | readonly [number, number];
  /** Pixels from one place of the kernel to the next, or `[down, right]`. Default 1. */
  readonly strides?: number | readonly [number, number];
  /** `same`: ceil(input / stride) outputs, zeros around; `valid` (default): only whole kernels. */
  readonly padding?: "same" | "valid";
  readonly activation?: Activation;
  /** Of the weights. Default: He before rectifiers, else Glorot. */
  readonly initializer?: Initializer;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * Convolution of images (cross-correlation, as in all such libraries), `y = activation(x ⋆ W + b)`:
 * `y[i, j, f] = Σ x[i·stride + u, j·stride + v, c] · W[u, v, c, f] + b[f]` over u, v, c.
 *
 * Shapes: x `[n, h, w, c]`, W `[kh, kw, c, filters]`, b `[filters]`, y `[n, h', w', filters]`.
 * The padding `same` is TensorFlow's: an odd pixel goes to the bottom and the right.
 */
export const conv2dKind: LayerKind<Conv2d> = {
  type: "conv2d",
  options: {
    filters: integer(1, MAX_EXTENT),
    kernel: oneOrPair(integer(1, MAX_EXTENT)),
    strides: optional(oneOrPair(integer(1, MAX_EXTENT))),
    padding: optional(oneOf("same", "valid")),
    activation: optional(activationCheck),
    initializer: optional(initializerCheck),
    bias: optional(flag),
  },
  parameters(description, input) {
    const { filters, activation, initializer = initializerFor(activation) } = description;
    expectImage("conv2d", input);
    const [kh, kw] = pair(description.kernel);
    const shape = [kh, kw, input[2], filters];
    const fan = { inputs: kh * kw * input[2], outputs: kh * kw * filters };
    const weight: Parameter = {
      name: "weight",
      shape,
      trained: true,
      initial: (random) => initialize(initializer, shape, { fan, random }),
    };
    return (description.bias ?? true) ? [weight, zeros("bias", filters)] : [weight];
  },
  build(description, { graph, input, parameters }) {
    const strides = pair(description.strides ?? 1);
    const [, height, width] = input.shape;
    const padding =
      description.padding === "same"
        ? samePadding([height, width], pair(description.kernel), strides)
        : [0, 0, 0, 0];
    let y = graph.apply(conv2d, [input, parameters.weight], { strides, padding });
    if (parameters.bias !== undefined) y = graph.apply(addBias, [y, parameters.bias], {});
    return applyActivation(graph, y, description.activation);
  },
};
