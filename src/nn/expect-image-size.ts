import { ShapeError } from "../base/index.js";
import { formatShape, sameShape, sizeOf } from "../engine/index.js";
import type { ModelDescription } from "./model.js";

/**
 * Fails unless images of this size are what the model takes; a flat input `[n]` takes any image of n
 * values.
 *
 * @param where - who asks, for the error
 */
export function expectImageSize(
  where: string,
  { input }: ModelDescription,
  size: { readonly height: number; readonly width: number; readonly channels: number },
): void {
  const image = [size.height, size.width, size.channels];
  const fits = input.length === 1 ? input[0] === sizeOf(image) : sameShape(input, image);
  if (fits) return;
  throw new ShapeError(
    `${where}: images must be ${formatShape(input)} like the model's input, got ${formatShape(image)}`,
  );
}
