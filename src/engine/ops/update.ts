import { expectSameShape, expectShape, type Shape } from "../shape.js";

/**
 * Shape rule of the optimizers: all `arrays` (parameter, moments, gradient) are of one shape, and
 * `rates` is `[4]`. Its numbers, written anew before each step: learning rate; first and second
 * correction, `1 / (1 - β1^t)` and `1 / (1 - β2^t)` in step t from 1; unused.
 */
export function expectUpdate(where: string, arrays: readonly Shape[], rates: Shape): Shape {
  for (const array of arrays) expectSameShape(where, arrays[0], array);
  expectShape(where, "rates", rates, [4]);
  return [0];
}
