import type { Random } from "../../base/index.js";
import type { CameraStyle } from "./scene-style.js";

/** Mean and standard deviation of the sum of four uniform bytes of which one counts twice. */
const MEAN = 637.5;
const DEVIATION = 195.5;

/**
 * Takes the picture: blurs it, adds the sensor's noise, and cuts it to bytes.
 *
 * The noise of a pixel is the sum of the four bytes of one random number, which is nearly normal;
 * each colour counts another byte twice, so that the three differ a little.
 *
 * @param colours - one `[height, width]` of 0 to 1 each for red, green and blue
 */
export function takePicture(
  colours: readonly Float32Array[],
  size: { readonly width: number; readonly height: number },
  { blurPx, noise, random }: CameraStyle & { readonly random: Random },
): Uint8Array {
  if (blurPx > 0) for (const colour of colours) blur(colour, size, blurPx);
  const pixels = new Uint8Array(3 * size.width * size.height);
  const strength = noise / DEVIATION;
  const bytes = [0, 0, 0, 0];
  for (let at = 0; at < size.width * size.height; at++) {
    const value = noise > 0 ? random.uint32() : 0;
    for (let i = 0; i < 4; i++) bytes[i] = (value >>> (8 * i)) & 255;
    const sum = bytes[0] + bytes[1] + bytes[2] + bytes[3] - MEAN;
    for (let channel = 0; channel < 3; channel++) {
      const grain = noise > 0 ? strength * (sum + bytes[channel]) : 0;
      const level = 255 * colours[channel][at] + grain + 0.5;
      pixels[3 * at + channel] = level < 0 ? 0 : level > 255 ? 255 : level;
    }
  }
  return pixels;
}

/** Two passes of a running mean in both directions, in place: nearly a cone of radius `2·blurPx`. */
function blur(
  data: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  blurPx: number,
): void {
  const line = new Float32Array(Math.max(width, height));
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++)
      blurLine(data, line, { start: y * width, step: 1, count: width }, blurPx);
    for (let x = 0; x < width; x++)
      blurLine(data, line, { start: x, step: width, count: height }, blurPx);
  }
}

/** The mean over `2·radius + 1` values, those at the two ends counted in part; the border repeats itself. */
function blurLine(
  data: Float32Array,
  line: Float32Array,
  { start, step, count }: { start: number; step: number; count: number },
  radius: number,
): void {
  for (let i = 0; i < count; i++) line[i] = data[start + i * step];
  const whole = Math.floor(radius);
  const part = radius - whole;
  const at = (i: number) => line[i < 0 ? 0 : i >= count ? count - 1 : i];
  let sum = 0;
  for (let i = -whole; i <= whole; i++) sum += at(i);
  for (let i = 0; i < count; i++) {
    const ends = at(i - whole - 1) + at(i + whole + 1);
    data[start + i * step] = (sum + part * ends) / (2 * radius + 1);
    sum += at(i + whole + 1) - at(i - whole);
  }
}
