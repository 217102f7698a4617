import { globalAveragePool } from "../../engine/index.js";
import { expectImage, type LayerKind } from "./layer.js";

export interface GlobalAveragePool {
  readonly type: "globalAveragePool";
}

/**
 * Mean of each channel over the whole image (Lin et al. 2014, "Network in network").
 *
 * Shapes: x `[n, h, w, c]`, y `[n, c]`.
 */
export const globalAveragePoolKind: LayerKind<GlobalAveragePool> = {
  type: "globalAveragePool",
  options: {},
  parameters(_description, input) {
    expectImage("globalAveragePool", input);
    return [];
  },
  build(_description, { graph, input }) {
    return graph.apply(globalAveragePool, [input], {});
  },
};
