import { ShapeError } from "../base/index.js";
import { formatShape, type Shape, sameShape, sizeOf } from "../engine/index.js";
import type { ModelDescription } from "./model.js";

/**
 * Fails unless samples of this shape are what the model takes; a flat input `[n]` takes any sample of
 * n values.
 *
 * @param where - who asks, for the error
 * @param shape - of one sample: `[height, width, channels]` of an image, `[features]` of a row
 */
export function expectSampleShape(where: string, { input }: ModelDescription, shape: Shape): void {
  const fits = input.length === 1 ? input[0] === sizeOf(shape) : sameShape(input, shape);
  if (fits) return;
  const samples = shape.length === 1 ? "features" : "images";
  throw new ShapeError(
    `${where}: ${samples} must be ${formatShape(input)} like the model's input, got ${formatShape(shape)}`,
  );
}
