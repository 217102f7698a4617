import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import {
  f32x4,
  type I32,
  type Index,
  i32,
  i32x4,
  type Statement,
  type V128,
  v128,
} from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { storeLanes } from "./rectangle.js";

/** Four numbers of a row: their byte offset in it, and which of them belong to it. */
export interface RowPart {
  readonly offset: Index;
  /** Lanes within the row, all bits set; absent where all four are. */
  readonly mask?: V128;
  readonly count: number;
}

/** Adds a phase with one unit a row; `body` gets the row's number. */
export function rowPhase(
  emitter: ProgramEmitter,
  [rows, width]: readonly [number, number],
  body: (f: FunctionBuilder, row: Local<"i32">) => void,
): void {
  // Rows of such operations cost some ten instructions a number.
  emitter.phase(rows, 10 * rows * width, (f, begin, end) => {
    f.for(begin, end, 1, (row) => body(f, row));
  });
}

/** Byte address of a row of `width` numbers. */
export function rowAddress(
  f: FunctionBuilder,
  base: number,
  row: I32,
  width: number,
): Local<"i32"> {
  return f.let(i32.add(i32.mul(row, 4 * width), base));
}

/** Runs `body` for each four numbers of a row. */
export function forRow(f: FunctionBuilder, width: number, body: (part: RowPart) => void): void {
  const tail = width % 4;
  const whole = 4 * (width - tail);
  f.for(0, whole, 16, (offset) => body({ offset, count: 4 }));
  if (tail === 0) return;
  const lane = (index: number): number => (index < tail ? -1 : 0);
  const mask = i32x4.const(lane(0), lane(1), lane(2), lane(3));
  body({ offset: f.let(i32.add(whole, 0)), mask, count: tail });
}

/** Stores what belongs to the row. */
export function storePart(
  address: I32,
  { offset, count }: RowPart,
  stored: Local<"v128">,
): readonly Statement[] {
  return storeLanes(i32.add(address, offset), stored, count);
}

/** `value` in the row, 0 beyond its end. */
export function withinRow(value: V128, { mask }: RowPart): V128 {
  return mask === undefined ? value : v128.and(value, mask);
}

/** Sum over a row of what `term` gives, in all four lanes. */
export function sumRow(
  f: FunctionBuilder,
  width: number,
  term: (part: RowPart) => V128,
): Local<"v128"> {
  const sum = f.let(f32x4.const(0));
  forRow(f, width, (part) => f.set(sum, f32x4.add(sum, withinRow(term(part), part))));
  return acrossLanes(f, sum, f32x4.add);
}

/** Greatest number of a row, in all four lanes. */
export function greatestOfRow(f: FunctionBuilder, width: number, row: I32): Local<"v128"> {
  const lowest = f32x4.const(Number.NEGATIVE_INFINITY);
  const greatest = f.let(lowest);
  forRow(f, width, ({ offset, mask }) => {
    const values = v128.load(i32.add(row, offset));
    const own = mask === undefined ? values : v128.select(mask, values, lowest);
    f.set(greatest, f32x4.max(greatest, own));
  });
  return acrossLanes(f, greatest, f32x4.max);
}

/** Combines the four lanes, first with third and second with fourth; the result in each of them. */
export function acrossLanes(
  f: FunctionBuilder,
  lanes: Local<"v128">,
  combine: (a: V128, b: V128) => V128,
): Local<"v128"> {
  f.set(lanes, combine(lanes, v128.shuffle(lanes, lanes, [2, 3, 0, 1])));
  f.set(lanes, combine(lanes, v128.shuffle(lanes, lanes, [1, 0, 3, 2])));
  return lanes;
}

/** Column of each lane. */
export function columnsOf({ offset }: RowPart): V128 {
  return i32x4.add(i32x4.shr(i32x4.splat(offset), 2), i32x4.const(0, 1, 2, 3));
}
