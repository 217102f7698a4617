import { maxPool2d } from "../../engine/index.js";
import { expectImage, type LayerKind } from "./layer.js";
import { type PoolingOptions, poolingChecks, poolingWindow } from "./pooling.js";

export interface MaxPool2d extends PoolingOptions {
  readonly type: "maxPool2d";
}

/**
 * Greatest value of each window, channel by channel. Padding never wins.
 *
 * Shapes: x `[n, h, w, c]`, y `[n, h', w', c]`.
 */
export const maxPool2dKind: LayerKind<MaxPool2d> = {
  type: "maxPool2d",
  options: poolingChecks,
  parameters(_description, input) {
    expectImage("maxPool2d", input);
    return [];
  },
  build(description, { graph, input }) {
    return graph.apply(maxPool2d, [input], poolingWindow(description, input.shape));
  },
};
