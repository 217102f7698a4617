import { type Shape, sizeOf } from "../engine/index.js";
import { resolveLayers, sampleShape } from "./build-layers.js";
import type { LayerDescription } from "./layers/layer-kinds.js";
import type { ModelDescription } from "./model.js";

/** One line of a model's summary. */
export interface LayerSummary {
  /** As in errors: `layers[3]`. */
  readonly name: string;
  readonly type: LayerDescription["type"];
  /** Of one sample. */
  readonly outputShape: Shape;
  /** Numbers the layer keeps, running statistics included. */
  readonly parameters: number;
}

/** What a model consists of, layer by layer. */
export function describeModel(model: ModelDescription): LayerSummary[] {
  return resolveLayers(model).map(({ description, output, parameters }, index) => ({
    name: `layers[${index}]`,
    type: description.type,
    outputShape: sampleShape(output),
    parameters: parameters.reduce((sum, { parameter }) => sum + sizeOf(parameter.shape), 0),
  }));
}
