/** Rounded to float32, the product with a byte is byte / 255 for every byte. */
const SCALE = 1 / 255;

/**
 * Writes pixels as models take them, `pixel / 255`: ink is 1 on a background of 0.
 *
 * @param target - gets the values, from `to` on
 */
export function writePixels(
  pixels: Uint8Array,
  target: { [index: number]: number },
  to: number,
): void {
  for (let i = 0; i < pixels.length; i++) target[to + i] = pixels[i] * SCALE;
}
