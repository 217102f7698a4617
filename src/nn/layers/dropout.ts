import { dropout } from "../../engine/index.js";
import { number } from "../schema.js";
import type { LayerKind } from "./layer.js";

export interface Dropout {
  readonly type: "dropout";
  /** Share of values that are dropped, below 1. */
  readonly rate: number;
}

/**
 * While training, zeroes a random share of the values and scales the others by 1 / (1 - rate);
 * in use it is not there (Srivastava et al. 2014, in its "inverted" form).
 *
 * Shapes: x and y alike.
 */
export const dropoutKind: LayerKind<Dropout> = {
  type: "dropout",
  options: { rate: number(0, 0.99) },
  parameters: () => [],
  build({ rate }, { graph, input, index, training }) {
    if (training === undefined || rate === 0) return input;
    // The index keeps two layers from dropping the same places.
    return graph.apply(dropout, [input, training.seed], { rate, stream: index });
  },
};
