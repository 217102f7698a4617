import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, i32x4, type V128, v128 } from "../assembler/opcodes.js";

/*
 * Functions of four numbers at once, of our own, so that every machine gives the same bits.
 *
 * Polynomials and reductions after Cephes (Moshier 1989), single precision. Errors: within 2 ulp of
 * the true value (lane-math.test.ts).
 */

/** `c[0]·x^n + … + c[n]` by Horner's rule. */
function polynomial(f: FunctionBuilder, x: V128, coefficients: readonly number[]): V128 {
  const [first, ...rest] = coefficients;
  const sum = f.let(f32x4.const(first));
  for (const coefficient of rest) f.set(sum, f.madd(sum, x, f32x4.const(coefficient)));
  return sum;
}

/** ln 2 in two parts: the first times a small integer is exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;

/** `e^x`. Results below 2^-125.5 become 0 and above the greatest number infinite; NaN stays. */
export function exp(f: FunctionBuilder, x: V128): V128 {
  // e^x = 2^n·e^r with n an integer and |r| <= ln 2 / 2
  const inRange = f32x4.min(f32x4.max(x, f32x4.const(-87.3)), f32x4.const(89));
  const r = f.let(inRange);
  const n = f.let(f32x4.nearest(f32x4.mul(r, f32x4.const(Math.LOG2E))));
  f.set(r, f.madd(n, f32x4.const(-LN2_HIGH), r));
  f.set(r, f.madd(n, f32x4.const(-LN2_LOW), r));
  const tail = polynomial(
    f,
    r,
    [1.98756915e-4, 1.39819995e-3, 8.33345191e-3, 4.16657959e-2, 1.66666655e-1, 5.00000012e-1],
  );
  const power = f.madd(tail, f32x4.mul(r, r), f32x4.add(r, f32x4.const(1)));
  // 2^(n - 1) has the exponent bits n + 126, which never overflow; the sum makes up for the half.
  const bits = i32x4.shl(i32x4.add(i32x4.fromF32x4(n), i32x4.splat(126)), 23);
  const half = f.let(f32x4.mul(power, bits));
  return f32x4.add(half, half);
}

const SQRT_HALF_BITS = 0x3f3504f3;

/** `ln x` of normal numbers; -∞ of 0, ∞ of ∞, NaN below 0. */
export function log(f: FunctionBuilder, x: V128): V128 {
  const given = f.let(x);
  // x = 2^e·(1 + m) with √½ <= 1 + m < √2
  const bits = f.let(i32x4.add(given, i32x4.splat(0x3f800000 - SQRT_HALF_BITS)));
  const e = f.let(f32x4.fromI32x4(i32x4.sub(i32x4.shr(bits, 23), i32x4.splat(127))));
  const mantissa = v128.and(bits, i32x4.splat(0x007fffff));
  const m = f.let(f32x4.sub(i32x4.add(mantissa, i32x4.splat(SQRT_HALF_BITS)), f32x4.const(1)));
  const square = f.let(f32x4.mul(m, m));
  const tail = f.let(
    polynomial(
      f,
      m,
      [
        7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
        -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
      ],
    ),
  );
  f.set(tail, f32x4.mul(f32x4.mul(tail, m), square));
  f.set(tail, f.madd(e, f32x4.const(LN2_LOW), tail));
  f.set(tail, f.madd(square, f32x4.const(-0.5), tail));
  const result = f.let(f.madd(e, f32x4.const(LN2_HIGH), f32x4.add(m, tail)));
  const infinite = f32x4.const(Number.POSITIVE_INFINITY);
  f.set(result, v128.select(f32x4.eq(given, infinite), infinite, result));
  f.set(result, v128.select(f32x4.ge(given, f32x4.const(0)), result, f32x4.const(Number.NaN)));
  const zero = f32x4.eq(given, f32x4.const(0));
  return v128.select(zero, f32x4.const(Number.NEGATIVE_INFINITY), result);
}

/** `ln(1 + e)` for `e >= 0`, exact to the last bits also where 1 + e rounds to 1 (Kahan). */
export function log1p(f: FunctionBuilder, e: V128): V128 {
  const given = f.let(e);
  const rounded = f.let(f32x4.add(given, f32x4.const(1)));
  const added = f.let(f32x4.sub(rounded, f32x4.const(1)));
  const result = f.let(f32x4.div(f32x4.mul(log(f, rounded), given), added));
  return v128.select(f32x4.eq(added, f32x4.const(0)), given, result);
}

/** `tanh x = 1 - 2 / (e^2x + 1)`; by a polynomial where |x| < 0.625, as the difference loses digits. */
export function tanh(f: FunctionBuilder, x: V128): V128 {
  const given = f.let(x);
  const magnitude = f.let(f32x4.abs(given));
  const sign = v128.and(given, f32x4.const(-0));
  const power = exp(f, f32x4.add(magnitude, magnitude));
  const quotient = f32x4.div(f32x4.const(2), f32x4.add(power, f32x4.const(1)));
  const great = f.let(v128.or(f32x4.sub(f32x4.const(1), quotient), sign));
  const square = f.let(f32x4.mul(given, given));
  const tail = polynomial(
    f,
    square,
    [-5.70498873e-3, 2.06390888e-2, -5.37397156e-2, 1.33314422e-1, -3.33332819e-1],
  );
  const small = f.madd(f32x4.mul(tail, square), given, given);
  return v128.select(f32x4.lt(magnitude, f32x4.const(0.625)), small, great);
}

/** Logistic function, `1 / (1 + e^-x)`. */
export function sigmoid(f: FunctionBuilder, x: V128): V128 {
  const power = exp(f, f32x4.neg(x));
  return f32x4.div(f32x4.const(1), f32x4.add(f32x4.const(1), power));
}
