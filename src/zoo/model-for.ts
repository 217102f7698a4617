import type { ImageSet } from "../data/index.js";
import { type LayerDescription, type ModelDescription, model } from "../nn/index.js";

/**
 * A model made to fit a set of images: its input takes their size, its last dense layer has an output
 * a class. So a recipe written for ten digits of 28×28 also learns letters of any size.
 */
export function modelFor(
  description: ModelDescription,
  set: Pick<ImageSet, "height" | "width" | "channels" | "classes">,
): ModelDescription {
  const { height, width, channels, classes } = set;
  const last = description.layers.findLastIndex(({ type }) => type === "dense");
  const layers = description.layers.map(
    (layer, i): LayerDescription =>
      layer.type === "dense" && i === last ? { ...layer, units: classes.length } : layer,
  );
  return model({ input: [height, width, channels], layers });
}
