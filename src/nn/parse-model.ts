import { FormatError, ShapeError } from "../base/index.js";
import { resolveLayers } from "./build-layers.js";
import { MAX_EXTENT } from "./layers/layer.js";
import { type LayerDescription, layerKinds } from "./layers/layer-kinds.js";
import type { ModelDescription } from "./model.js";
import { type Check, fieldsProblem, integer, isObject, list, oneOf, show } from "./schema.js";

/** Layers of one model, at most. */
const MAX_LAYERS = 256;

/**
 * A model from JSON that anybody may have written. Every option is checked, unknown ones are
 * refused, and the sizes of weights and activations are held against a budget; nothing of those
 * sizes is allocated. Throws a `FormatError`.
 *
 * @param where - what the JSON is called in errors
 */
export function parseModel(value: unknown, where: string): ModelDescription {
  try {
    return checkModel(value, (problem) => {
      throw new FormatError(where, problem);
    });
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new FormatError(where, error.message, { cause: error });
  }
}

/** `value` as a model; calls `fail` where it is none, throws a `ShapeError` where layers don't fit. */
export function checkModel(value: unknown, fail: (problem: string) => never): ModelDescription {
  if (!isObject(value)) fail(`must be an object, got ${show(value)}`);
  const problem = fieldsProblem(value, {
    input: list(integer(1, MAX_EXTENT), 1, 3),
    layers: list(checkLayer, 1, MAX_LAYERS),
  });
  if (problem !== undefined) fail(problem);
  const model = value as unknown as ModelDescription;
  resolveLayers(model);
  return model;
}

const checkLayer: Check = (value, name) => {
  if (!isObject(value)) return `${name} must be an object, got ${show(value)}`;
  const { type, ...options } = value;
  const problem = oneOf(...Object.keys(layerKinds))(type, `${name}.type`);
  if (problem !== undefined) return problem;
  const kind = layerKinds[type as LayerDescription["type"]];
  const wrong = fieldsProblem(options, kind.options);
  return wrong && `${name} ${kind.type}: ${wrong}`;
};
