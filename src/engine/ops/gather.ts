import { ShapeError } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectShape, formatShape } from "../shape.js";

/**
 * Picks samples from a set that lies in the program's memory, in place: `y[i] = bank[indices[i]] / 255`.
 * What is done to a batch before it is read, instead of the caller writing it.
 *
 * Shapes: y `[n, …]`, bank `[count, …]` of bytes, indices `[n]` of i32, output `[0]`. A sample is NaN
 * throughout where its index is not in `[0, count)`.
 */
export const gather: Operation<Record<string, never>> = {
  name: "gather",
  updates: [0],
  shape([y, bank, indices]) {
    if (`${y.slice(1)}` !== `${bank.slice(1)}`) {
      throw new ShapeError(
        `gather: samples must be alike, got ${formatShape(y)} from ${formatShape(bank)}`,
      );
    }
    expectShape("gather", "indices", indices, [y[0] as number]);
    return [0];
  },
  reference({ inputs: [y, bank, indices] }) {
    const size = y.length / indices.length;
    for (let i = 0; i < y.length; i++) {
      y[i] = bank[indices[Math.floor(i / size)] * size + (i % size)] / 255;
    }
  },
};
