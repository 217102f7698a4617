import { type Shape, samePadding } from "../../engine/index.js";
import { type Checks, integer, oneOf, oneOrPair, optional } from "../schema.js";
import { MAX_EXTENT, pair } from "./layer.js";

/** What the two kinds of pooling can be told. */
export interface PoolingOptions {
  /** Pixels, or `[height, width]`. */
  readonly size: number | readonly [number, number];
  /** Pixels from one window to the next, or `[down, right]`. Default: the size, so windows touch. */
  readonly strides?: number | readonly [number, number];
  /** `same`: ceil(input / stride) windows; `valid` (default): only whole windows. */
  readonly padding?: "same" | "valid";
}

export const poolingChecks: Checks<PoolingOptions> = {
  size: oneOrPair(integer(1, MAX_EXTENT)),
  strides: optional(oneOrPair(integer(1, MAX_EXTENT))),
  padding: optional(oneOf("same", "valid")),
};

/** The options as the operations take them, for images `[n, h, w, c]`. */
export function poolingWindow(options: PoolingOptions, [, height, width]: Shape) {
  const size = pair(options.size);
  const strides = pair(options.strides ?? options.size);
  const padding =
    options.padding === "same" ? samePadding([height, width], size, strides) : [0, 0, 0, 0];
  return { size, strides, padding };
}
