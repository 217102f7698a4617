import { type ActivationLayer, activationKind } from "./activation.js";
import { type AveragePool2d, averagePool2dKind } from "./average-pool2d.js";
import { type BatchNorm, batchNormKind } from "./batch-norm.js";
import { type Conv2d, conv2dKind } from "./conv2d.js";
import { type Dense, denseKind } from "./dense.js";
import { type Dropout, dropoutKind } from "./dropout.js";
import { type Flatten, flattenKind } from "./flatten.js";
import { type GlobalAveragePool, globalAveragePoolKind } from "./global-average-pool.js";
import type { LayerKind } from "./layer.js";
import { type MaxPool2d, maxPool2dKind } from "./max-pool2d.js";

/** One layer of a model. Plain data; `type` says which. */
export type LayerDescription =
  | Dense
  | Conv2d
  | MaxPool2d
  | AveragePool2d
  | GlobalAveragePool
  | Flatten
  | Dropout
  | BatchNorm
  | ActivationLayer;

/** Every kind of layer, by the `type` of its description. */
export const layerKinds: {
  readonly [T in LayerDescription["type"]]: LayerKind<Extract<LayerDescription, { type: T }>>;
} = {
  dense: denseKind,
  conv2d: conv2dKind,
  maxPool2d: maxPool2dKind,
  averagePool2d: averagePool2dKind,
  globalAveragePool: globalAveragePoolKind,
  flatten: flattenKind,
  dropout: dropoutKind,
  batchNorm: batchNormKind,
  activation: activationKind,
};

/** The kind of a layer, looked at through any description. */
export function kindOf(description: LayerDescription): LayerKind<LayerDescription> {
  return layerKinds[description.type] as LayerKind<LayerDescription>;
}

export type {
  ActivationLayer,
  AveragePool2d,
  BatchNorm,
  Conv2d,
  Dense,
  Dropout,
  Flatten,
  GlobalAveragePool,
  MaxPool2d,
};
