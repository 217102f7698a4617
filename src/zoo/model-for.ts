import { type SampleSet, sampleShape } from "../data/index.js";
import { type LayerDescription, type ModelDescription, model } from "../nn/index.js";

/**
 * A model made to fit a set of samples: its input takes their shape, its last dense layer has an
 * output a class. So a recipe written for ten digits of 28×28 also learns letters of any size.
 */
export function modelFor(description: ModelDescription, set: SampleSet): ModelDescription {
  const last = description.layers.findLastIndex(({ type }) => type === "dense");
  const layers = description.layers.map(
    (layer, i): LayerDescription =>
      layer.type === "dense" && i === last ? { ...layer, units: set.classes.length } : layer,
  );
  return model({ input: sampleShape(set), layers });
}
