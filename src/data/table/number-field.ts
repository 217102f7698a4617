const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COMMA = 0x2c;

/** Most digits whose number is exact: 2^53 has sixteen. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => Number(`1e${exponent}`));

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A decimal number of few digits, straight from bytes; NaN for everything else.
 *
 * Exact: digits and power of ten both are, and one division rounds once (Clinger 1990).
 *
 * @param options.decimalComma - whether a comma may stand for the point
 */
export function shortNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  decimalComma: boolean,
): number {
  const sign = bytes[start];
  let at = sign === MINUS || sign === PLUS ? start + 1 : start;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at];
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    } else if ((byte === POINT || (byte === COMMA && decimalComma)) && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
  if (decimals > 0) value /= POWERS[decimals];
  return sign === MINUS ? -value : value;
}

/** Any decimal number, exponents included; NaN for what is none. May be infinite: `1e999`. */
export function longNumber(text: string, decimalComma: boolean): number {
  const pointed = decimalComma ? text.replace(",", ".") : text;
  return NUMBER.test(pointed) ? Number(pointed) : Number.NaN;
}

/** Ways to say that there is no value: of spreadsheets, pandas, R, SQL and the UCI archive. */
const MISSING = new Set(["", "?", "na", "n/a", "#n/a", "<na>", "nan", "null", "none"]);

export function saysMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}
