import type { Operation } from "../operation.js";
import type { Shape } from "../shape.js";

/** An array filled with one number; as 1, the gradient of a loss with respect to itself. */
export const constant: Operation<{ readonly shape: Shape; readonly value: number }> = {
  name: "constant",
  shape: (_inputs, { shape }) => shape,
  reference: ({ output, attributes }) => output.fill(attributes.value),
};
