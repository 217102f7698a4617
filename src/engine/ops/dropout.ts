import { ShapeError } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectShape } from "../shape.js";

export type DropoutAttributes = {
  /** Share of elements set to 0, in `[0, 1)`. */
  readonly rate: number;
  /** An integer that differs from layer to layer, so that layers drop different elements. */
  readonly stream: number;
};

/**
 * Sets a random share of the elements to 0, and makes up for it in the others (Srivastava et al.
 * 2014, inverted): `y_i = x_i / (1 - rate)` where kept, else 0.
 *
 * Shapes: x and y alike, seed `[1]` of i32, new in each step. Element i is kept where the upper 24
 * bits of its {@link dropoutHash} reach `rate·2^24`. Which ones those are follows from seed, stream
 * and i alone, so the gradient needs no mask: it is dropout itself, applied to dy.
 */
export const dropout: Operation<DropoutAttributes> = {
  name: "dropout",
  shape([x, seed], { rate }) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ShapeError(`dropout: rate must be from 0 to below 1, got ${rate}`);
    }
    expectShape("dropout", "seed", seed, [1]);
    return x;
  },
  gradient: (graph, node, dy) => [
    graph.apply(dropout, [dy, node.inputs[1]], node.attributes),
    undefined,
  ],
  reference({ inputs: [x, seed], output: y, attributes: { rate, stream } }) {
    for (let i = 0; i < x.length; i++) {
      const kept = dropoutHash(i, stream, seed[0]) >>> 8 >= rate * 2 ** 24;
      y[i] = kept ? x[i] / (1 - rate) : 0;
    }
  },
};

/**
 * 32 evenly spread bits for element `i`: the three numbers mixed by odd multipliers, then the
 * finalizer of MurmurHash3 (Appleby 2011).
 */
export function dropoutHash(i: number, stream: number, seed: number): number {
  let h = (Math.imul(i, 0x9e3779b1) + Math.imul(stream, 0x85ebca77)) ^ seed;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
