import { type Bytes, float32, signed, unsigned, words } from "./encoding.js";

/**
 * Instructions as typed expressions: `f32x4.add(a, b)` is the code that leaves `a + b` on the stack.
 *
 * An expression is nothing but its type and its finished bytes, so that composing is concatenating.
 * One that is used twice is computed twice; keep it in a local (`FunctionBuilder.let`).
 */
export interface Value<T extends ValueType = ValueType> {
  readonly type: T;
  readonly code: Bytes;
}

export type ValueType = "i32" | "i64" | "f32" | "v128";
export type I32 = Value<"i32">;
export type I64 = Value<"i64">;
export type F32 = Value<"f32">;
export type V128 = Value<"v128">;

/** An integer expression, or a constant. */
export type Index = I32 | number;

/** Code that leaves nothing on the stack. */
export interface Statement {
  readonly code: Bytes;
}

export const typeCode: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  v128: 0x7b,
};

function value<T extends ValueType>(type: T, ...parts: (Bytes | Value)[]): Value<T> {
  const code: number[] = [];
  for (const part of parts) code.push(...("code" in part ? part.code : part));
  return { type, code };
}

/** Expression of an index. */
export function toI32(index: Index): I32 {
  return typeof index === "number" ? value("i32", [0x41, ...signed(index | 0)]) : index;
}

// Loads and stores take a byte address and a constant offset; alignment is only a hint, here 4 bytes.
function place(address: Index, offset: number): { base: I32; immediate: Bytes } {
  const constant = typeof address === "number";
  const total = constant ? address + offset : offset;
  return { base: toI32(constant ? 0 : address), immediate: [2, ...unsigned(total)] };
}

function loadOf<T extends ValueType>(type: T, ...opcode: number[]) {
  return (address: Index, offset = 0): Value<T> => {
    const { base, immediate } = place(address, offset);
    return value(type, base, opcode, immediate);
  };
}

function storeOf<T extends ValueType>(...opcode: number[]) {
  return (address: Index, stored: Value<T>, offset = 0): Statement => {
    const { base, immediate } = place(address, offset);
    return { code: [...base.code, ...stored.code, ...opcode, ...immediate] };
  };
}

function integer(opcode: number, fold?: (a: number, b: number) => number | Index | undefined) {
  return (a: Index, b: Index): I32 => {
    if (typeof a === "number" && typeof b === "number" && fold !== undefined) {
      return toI32(fold(a, b) as number);
    }
    return value("i32", toI32(a), toI32(b), [opcode]);
  };
}

const plainAdd = integer(0x6a, (a, b) => a + b);
const plainMul = integer(0x6c, (a, b) => a * b);

export const i32 = {
  const: (constant: number): I32 => toI32(constant),
  add: (a: Index, b: Index): I32 => (b === 0 ? toI32(a) : a === 0 ? toI32(b) : plainAdd(a, b)),
  sub: integer(0x6b, (a, b) => a - b),
  mul: (a: Index, b: Index): I32 => (b === 1 ? toI32(a) : a === 1 ? toI32(b) : plainMul(a, b)),
  /** Unsigned quotient and remainder. */
  div: integer(0x6e),
  rem: integer(0x70),
  and: integer(0x71),
  shl: integer(0x74),
  eq: integer(0x46),
  ne: integer(0x47),
  /** Unsigned comparison. */
  below: integer(0x49),
  /** Signed comparisons. */
  lt: integer(0x48),
  gt: integer(0x4a),
  le: integer(0x4c),
  ge: integer(0x4e),
  select: (condition: I32, yes: Index, no: Index): I32 =>
    value("i32", toI32(yes), toI32(no), condition, [0x1b]),
  load: loadOf("i32", 0x28),
  store: storeOf<"i32">(0x36),
  atomicLoad: loadOf("i32", 0xfe, 0x10),
  atomicStore: storeOf<"i32">(0xfe, 0x17),
  /** Adds to the word at `address` in one indivisible step. */
  atomicAdd(address: Index, added: Index): Statement {
    const { base, immediate } = place(address, 0);
    return { code: [...base.code, ...toI32(added).code, 0xfe, 0x1e, ...immediate, 0x1a] };
  },
  /** Replaces the word at `address` if it is `expected`, in one step; what it was before. */
  atomicSwapIf(address: Index, expected: I32, replacement: I32): I32 {
    const { base, immediate } = place(address, 0);
    return value("i32", base, expected, replacement, [0xfe, 0x48], immediate);
  },
  /** Sleeps until notified, unless the word at `address` is no longer `expected`. */
  atomicWait(address: Index, expected: I32): Statement {
    const { base, immediate } = place(address, 0);
    const forever = [0x42, 0x7f];
    return { code: [...base.code, ...expected.code, ...forever, 0xfe, 0x01, ...immediate, 0x1a] };
  },
  /** Wakes all that sleep on the word at `address`. */
  atomicNotify(address: Index): Statement {
    const { base, immediate } = place(address, 0);
    return { code: [...base.code, ...toI32(-1).code, 0xfe, 0x00, ...immediate, 0x1a] };
  },
};

function wide(opcode: number) {
  return (a: I64, b: I64): I64 => value("i64", a, b, [opcode]);
}

const minusOne = value("i64", [0x42, 0x7f]);

/** Sets of up to 64 things, a bit each. */
export const i64 = {
  /** The 32 bits of a, and 32 zeros above them. */
  fromI32: (a: I32): I64 => value("i64", a, [0xad]),
  /** Number of the lowest bit that is set; 64 where none is. */
  lowest: (a: I64): I32 => value("i32", a, [0x7a, 0xa7]),
  /** How many bits are set. */
  count: (a: I64): I32 => value("i32", a, [0x7b, 0xa7]),
  /** a without the lowest bit that is set. */
  withoutLowest: (a: I64): I64 => wide(0x83)(a, wide(0x7c)(a, minusOne)),
  or: wide(0x84),
  /** a moved up by so many bits. */
  shl: (a: I64, bits: number): I64 => value("i64", a, [0x42, ...signed(bits), 0x86]),
  /** 1 where any bit is set. */
  any: (a: I64): I32 => value("i32", a, [0x42, 0x00, 0x52]),
  load: loadOf("i64", 0x29),
  store: storeOf<"i64">(0x37),
};

function fillWith(byte: number) {
  return (address: Index, bytes: number): Statement => {
    const operands = [toI32(address), toI32(byte), toI32(bytes)].flatMap(({ code }) => code);
    return { code: [...operands, 0xfc, 0x0b, 0x00] };
  };
}

/** Sets `bytes` bytes from `address` on to 0. */
export const fillZero = fillWith(0);
/** Sets all their bits: as real numbers these are NaN. */
export const fillNaN = fillWith(0xff);

function real(opcode: number) {
  return (a: F32, b: F32): F32 => value("f32", a, b, [opcode]);
}

export const f32 = {
  const: (constant: number): F32 => value("f32", [0x43, ...float32(constant)]),
  add: real(0x92),
  sub: real(0x93),
  mul: real(0x94),
  div: real(0x95),
  fromI32: (a: I32): F32 => value("f32", a, [0xb2]),
  load: loadOf("f32", 0x2a),
  store: storeOf<"f32">(0x38),
};

function simd(opcode: number): number[] {
  return [0xfd, ...unsigned(opcode)];
}

function unary(opcode: number) {
  return (a: V128): V128 => value("v128", a, simd(opcode));
}

function binary(opcode: number) {
  return (a: V128, b: V128): V128 => value("v128", a, b, simd(opcode));
}

function shift(opcode: number) {
  return (a: V128, bits: number): V128 => value("v128", a, toI32(bits), simd(opcode));
}

function laneStore(opcode: number) {
  return (address: Index, stored: V128, lane: number, offset = 0): Statement => {
    const { base, immediate } = place(address, offset);
    return { code: [...base.code, ...stored.code, ...simd(opcode), ...immediate, lane] };
  };
}

export const v128 = {
  load: loadOf("v128", ...simd(0x00)),
  store: storeOf<"v128">(...simd(0x0b)),
  /** Stores one of four 32-bit lanes. */
  store32Lane: laneStore(0x5a),
  /** Stores lanes 0 and 1, or 2 and 3. */
  store64Lane: laneStore(0x5b),
  not: unary(0x4d),
  and: binary(0x4e),
  /** `a & ~b` */
  andNot: binary(0x4f),
  or: binary(0x50),
  xor: binary(0x51),
  /** 1 where any bit is set, else 0. */
  any: (a: V128): I32 => value("i32", a, simd(0x53)),
  /** Bits of `yes` where `mask` is set, else of `no`. */
  select: (mask: V128, yes: V128, no: V128): V128 => value("v128", yes, no, mask, simd(0x52)),
  /** Four 32-bit lanes picked from the eight of `a` and `b`. */
  shuffle(a: V128, b: V128, lanes: readonly [number, number, number, number]): V128 {
    const bytes = lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]);
    return value("v128", a, b, simd(0x0d), bytes);
  },
};

export const i16x8 = {
  /** Of sixteen bytes the first eight, or the last. */
  extendLow: unary(0x89),
  extendHigh: unary(0x8a),
};

export const i32x4 = {
  const: (...lanes: readonly [number, number, number, number]): V128 =>
    value("v128", simd(0x0c), words(lanes)),
  splat: (a: Index): V128 => value("v128", toI32(a), simd(0x11)),
  eq: binary(0x37),
  gt: binary(0x3b),
  ge: binary(0x3f),
  shl: shift(0xab),
  shr: shift(0xac),
  shrUnsigned: shift(0xad),
  add: binary(0xae),
  sub: binary(0xb1),
  mul: binary(0xb5),
  /** Signed. */
  min: binary(0xb6),
  /** Of eight 16-bit numbers the first four, or the last; not below 0. */
  extendLow: unary(0xa9),
  extendHigh: unary(0xaa),
  /** The eight numbers of a and b, in 16 bits each; out of range saturates. */
  narrow: binary(0x85),
  /** Truncated towards zero; out of range saturates, NaN becomes 0. */
  fromF32x4: unary(0xf8),
};

export const i8x16 = {
  /** The sixteen 16-bit numbers of a and b, in 8 bits each; out of range saturates. */
  narrow: binary(0x65),
  /** The highest bit of each lane. */
  bitmask: (a: V128): I32 => value("i32", a, simd(0x64)),
};

export const f32x4 = {
  const(constant: number): V128 {
    const lane = float32(constant);
    return value("v128", simd(0x0c), lane, lane, lane, lane);
  },
  splat: (a: F32): V128 => value("v128", a, simd(0x13)),
  loadSplat: loadOf("v128", ...simd(0x09)),
  lane: (a: V128, lane: number): F32 => value("f32", a, simd(0x1f), [lane]),
  eq: binary(0x41),
  ne: binary(0x42),
  lt: binary(0x43),
  gt: binary(0x44),
  le: binary(0x45),
  ge: binary(0x46),
  /** Rounds to the nearest integer, ties to even. */
  nearest: unary(0x6a),
  abs: unary(0xe0),
  neg: unary(0xe1),
  sqrt: unary(0xe3),
  add: binary(0xe4),
  sub: binary(0xe5),
  mul: binary(0xe6),
  div: binary(0xe7),
  /** `b < a ? b : a`: one machine instruction, unlike `f32x4.min`; keeps a NaN in `a`. */
  min: binary(0xea),
  /** `a < b ? b : a` */
  max: binary(0xeb),
  fromI32x4: unary(0xfa),
  /** `a·b + c`, rounded once where the processor can (relaxed SIMD). */
  relaxedMadd: (a: V128, b: V128, c: V128): V128 => value("v128", a, b, c, simd(0x105)),
};
