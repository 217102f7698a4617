import type { ModelDescription, Weights } from "../../nn/index.js";

/** What the units of a first layer look for: the weights of each as a small image. */
export interface UnitWeights {
  /** `layers.1.weight` */
  readonly name: string;
  /** `dense` units see the whole image, `conv2d` filters a window of it. */
  readonly type: "dense" | "conv2d";
  readonly height: number;
  readonly width: number;
  /** Units of the layer, of which the first {@link UnitWeights.images} are kept. */
  readonly units: number;
  /** Whether the units are the classes: no layer with weights comes after. */
  readonly isLast: boolean;
  /** One image a unit and channel, `[height, width]`, channel after channel of unit after unit. */
  readonly images: readonly UnitImage[];
}

export interface UnitImage {
  readonly unit: number;
  readonly channel: number;
  readonly values: Float32Array;
}

/** More images than this say no more. */
const MAX_IMAGES = 128;

/**
 * The weights of the first layer that has any, as images: those of a convolution, W `[kh, kw, c,
 * filters]`, or of a dense layer on a flattened image, W `[h·w·c, units]`. Undefined where the first
 * such layer comes after anything that moves pixels, or the input is no image.
 */
export function unitWeights(model: ModelDescription, weights: Weights): UnitWeights | undefined {
  const index = model.layers.findIndex(({ type }) => type === "dense" || type === "conv2d");
  const layer = model.layers[index];
  const before = model.layers.slice(0, Math.max(0, index));
  const keepsPixels = ["flatten", "dropout", "activation", "batchNorm"];
  if (model.input.length !== 3 || !before.every(({ type }) => keepsPixels.includes(type))) {
    return undefined;
  }
  const name = `layers.${index}.weight`;
  const array = weights.get(name);
  if (array === undefined || (layer.type !== "dense" && layer.type !== "conv2d")) return undefined;
  const units = array.shape[array.shape.length - 1];
  const [height, width] = layer.type === "dense" ? model.input : array.shape;
  const channels = model.input[2];
  const isLast = [...weights.keys()].every((key) => key.startsWith(`layers.${index}.`));
  const images = Array.from({ length: Math.min(MAX_IMAGES, units * channels) }, (_, i) => {
    const [unit, channel] = [Math.floor(i / channels), i % channels];
    const values = Float32Array.from(
      { length: height * width },
      (_, pixel) => array.data[(pixel * channels + channel) * units + unit],
    );
    return { unit, channel, values };
  });
  return { name, type: layer.type, height, width, units, isLast, images };
}
