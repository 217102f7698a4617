import { FormatError } from "../../base/index.js";
import type { NumberArray } from "./numeric-array.js";

/** How far values may lie beyond 0 to 1, as smooth resampling leaves them, and be clipped. */
const OVERSHOOT = 0.5;

/**
 * Brings pixel values to bytes, 0 background to 255 ink. Which rule holds follows from the range of all values:
 *
 * | range | byte | lost |
 * | --- | --- | --- |
 * | 0 to 255, beyond 1.5 | the value, rounded | at most half a step, nothing of whole numbers |
 * | 0 to 1 | value · 255, rounded | at most half a step, nothing of bytes divided by 255 |
 * | −0.5 to 1.5 | the same, clipped to 0 to 1 before | what is beyond, which a note tells |
 *
 * Other ranges, and values that are no numbers, are refused: which value is blank cannot be told.
 *
 * @param name - what to call the values in errors
 */
export function pixelsFrom(
  values: NumberArray,
  name: string,
): { pixels: Uint8Array; notes: string[] } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      throw new FormatError(name, `pixels must be numbers, got ${value} at position ${i}`);
    }
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (values instanceof Uint8Array && high > 1) return { pixels: values, notes: [] };
  if (low >= 0 && high > 1 + OVERSHOOT && high <= 255) {
    const isExact = values.every((value: number) => Number.isInteger(value));
    return {
      pixels: Uint8Array.from(values, Math.round),
      notes: isExact ? [] : ["pixels were rounded to whole steps of 0 to 255"],
    };
  }
  if (values.length > 0 && (low < -OVERSHOOT || high > 1 + OVERSHOOT)) {
    throw new FormatError(
      name,
      `pixels must be from 0 to 255, or from 0 to 1 with at most ${OVERSHOOT} beyond, got ${shown(low)} to ${shown(high)}; rescale them`,
    );
  }
  const pixels = new Uint8Array(values.length);
  let clipped = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < 0 || value > 1) clipped += 1;
    pixels[i] = Math.round(255 * Math.min(1, Math.max(0, value)));
  }
  const share = ((100 * clipped) / Math.max(1, values.length)).toFixed(1);
  const note = `pixels from ${shown(low)} to ${shown(high)} were clipped to 0 to 1, ${share} % of them`;
  return { pixels, notes: clipped > 0 ? [note] : [] };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
