const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Greatest finite half-precision number. */
export const FLOAT16_MAX = 65504;

/**
 * Bits of the half-precision number (IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction)
 * nearest to a single-precision one; ties go to the even one, beyond ±65520 to infinity.
 */
export function float16Bits(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65520 and more
  if (magnitude >= 0x38800000) {
    // Normal: exponent from bias 127 to 15, fraction from 23 bits to 10. A carry out of the
    // fraction rightly raises the exponent.
    return sign | roundedShift(magnitude - 0x38000000, 13);
  }
  // Subnormal: the fraction with its leading one, in units of 2^-24.
  const shift = 126 - (magnitude >>> 23);
  if (shift > 24) return sign; // below half of the smallest
  return sign | roundedShift((magnitude & 0x007fffff) | 0x00800000, shift);
}

/** The number that half-precision bits stand for; exact. */
export function float16Value(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** `value / 2^shift`, rounded to the nearest integer, ties to even. */
function roundedShift(value: number, shift: number): number {
  const whole = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole;
}
