import { reshape, sizeOf } from "../../engine/index.js";
import type { LayerKind } from "./layer.js";

export interface Flatten {
  readonly type: "flatten";
}

/**
 * All values of a sample in one row, in the order they lie in memory; nothing is copied.
 *
 * Shapes: x `[n, …]`, y `[n, product of the rest]`.
 */
export const flattenKind: LayerKind<Flatten> = {
  type: "flatten",
  options: {},
  parameters: () => [],
  build(_description, { graph, input }) {
    const [n, ...rest] = input.shape;
    return graph.apply(reshape, [input], { shape: [n, sizeOf(rest)] });
  },
};
