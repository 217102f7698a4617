const bits = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm of a positive normal number, the same bits on every machine.
 *
 * `Math.log` may differ in its last bit from one JavaScript engine to another; this uses only
 * `+ - * /`, which IEEE 754 fixes. With `x = m·2^e` and m in `[√½, √2)`,
 * `log x = e·ln 2 + 2·artanh((m-1)/(m+1))`, the series cut where it no longer adds.
 */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = ((high >>> 20) & 0x7ff) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | (1023 << 20));
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const zz = z * z;
  let series = 0;
  for (let k = 21; k >= 1; k -= 2) series = series * zz + 1 / k;
  return exponent * Math.LN2 + 2 * z * series;
}
