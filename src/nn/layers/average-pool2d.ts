import { averagePool2d } from "../../engine/index.js";
import { expectImage, type LayerKind } from "./layer.js";
import { type PoolingOptions, poolingChecks, poolingWindow } from "./pooling.js";

export interface AveragePool2d extends PoolingOptions {
  readonly type: "averagePool2d";
}

/**
 * Mean of each window, channel by channel, over the pixels that are there: padding is not counted.
 *
 * Shapes: x `[n, h, w, c]`, y `[n, h', w', c]`.
 */
export const averagePool2dKind: LayerKind<AveragePool2d> = {
  type: "averagePool2d",
  options: poolingChecks,
  parameters(_description, input) {
    expectImage("averagePool2d", input);
    return [];
  },
  build(description, { graph, input }) {
    return graph.apply(averagePool2d, [input], poolingWindow(description, input.shape));
  },
};
