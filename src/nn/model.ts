import type { Shape } from "../engine/index.js";
import type { Activation } from "./activations.js";
import type { LayerDescription } from "./layers/layer-kinds.js";
import { checkModel } from "./parse-model.js";

/** A network as plain data: what goes in, and the layers it goes through. JSON. */
export interface ModelDescription {
  /** Of one sample, without the batch axis: `[28, 28, 1]`. */
  readonly input: Shape;
  readonly layers: readonly LayerDescription[];
}

/** Options of the layer with this `type`, beyond those its builder takes by place. */
type Options<T extends LayerDescription["type"], Placed extends string> = Omit<
  Extract<LayerDescription, { type: T }>,
  Placed | "type"
>;

/**
 * A model, checked: throws a `TypeError` where an option is wrong, a `ShapeError` where layers don't
 * fit each other.
 */
export function model(description: ModelDescription): ModelDescription {
  return checkModel(description, (problem) => {
    throw new TypeError(`model: ${problem}`);
  });
}

export function dense(units: number, options: Options<"dense", "units"> = {}): LayerDescription {
  return { type: "dense", units, ...options };
}

export function conv2d(
  filters: number,
  kernel: number | readonly [number, number],
  options: Options<"conv2d", "filters" | "kernel"> = {},
): LayerDescription {
  return { type: "conv2d", filters, kernel, ...options };
}

export function maxPool2d(
  size: number | readonly [number, number],
  options: Options<"maxPool2d", "size"> = {},
): LayerDescription {
  return { type: "maxPool2d", size, ...options };
}

export function averagePool2d(
  size: number | readonly [number, number],
  options: Options<"averagePool2d", "size"> = {},
): LayerDescription {
  return { type: "averagePool2d", size, ...options };
}

export function globalAveragePool(): LayerDescription {
  return { type: "globalAveragePool" };
}

export function flatten(): LayerDescription {
  return { type: "flatten" };
}

export function dropout(rate: number): LayerDescription {
  return { type: "dropout", rate };
}

export function batchNorm(options: Options<"batchNorm", never> = {}): LayerDescription {
  return { type: "batchNorm", ...options };
}

export function activation(
  name: Activation,
  options: Options<"activation", "activation"> = {},
): LayerDescription {
  return { type: "activation", activation: name, ...options };
}

/** Activation that closes the model: of its last layer, or that layer itself. */
export function closingActivation({ layers }: ModelDescription): Activation {
  const last = layers[layers.length - 1];
  return (last !== undefined && "activation" in last ? last.activation : undefined) ?? "linear";
}

/** The model without its closing activation, so that it ends in logits. */
export function withoutClosingActivation({ input, layers }: ModelDescription): ModelDescription {
  const last = layers[layers.length - 1];
  const before = layers.slice(0, -1);
  if (last === undefined || !("activation" in last)) return { input, layers };
  if (last.type === "activation") return { input, layers: before };
  return { input, layers: [...before, { ...last, activation: "linear" }] };
}
