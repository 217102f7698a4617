import { ShapeError } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";

/**
 * The same numbers in the same order under another shape; no bytes move.
 *
 * Gradient: the output's gradient in the shape of the input.
 */
export const reshape: Operation<{ readonly shape: Shape }> = {
  name: "reshape",
  alias: true,
  shape([x], { shape }) {
    if (sizeOf(x) !== sizeOf(shape)) {
      throw new ShapeError(
        `reshape: sizes must be equal, got ${formatShape(x)} and ${formatShape(shape)}`,
      );
    }
    return shape;
  },
  gradient: (graph, node, dy) => [graph.apply(reshape, [dy], { shape: node.inputs[0].shape })],
  reference: ({ inputs: [x], output: y }) => y.set(x),
};
