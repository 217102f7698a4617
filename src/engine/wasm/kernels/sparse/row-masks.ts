import type { Slot } from "../../../plan.js";
import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import type { ModuleBuilder } from "../../assembler/module-builder.js";
import {
  f32x4,
  type I32,
  type I64,
  i8x16,
  i32,
  i32x4,
  i64,
  type V128,
  v128,
} from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";

/** Columns, or rows, of one mask. */
export const MASK_BITS = 64;

export type Extents = readonly [rows: number, columns: number];

/** Where each row is not 0, 64 columns a mask, and how often. */
export class RowMasks {
  readonly rows: number;
  readonly #columns: number;
  readonly #x: number;
  readonly #masks: number;
  readonly #groups: number;
  readonly counts: number;
  /** Whether whoever fills the matrix marks its rows, too. */
  isMarked = false;

  constructor(emitter: ProgramEmitter, x: Slot, [rows, columns]: Extents) {
    this.rows = rows;
    this.#columns = columns;
    this.#x = emitter.address(x);
    this.#groups = Math.ceil(columns / MASK_BITS);
    this.#masks = emitter.sharedScratch(2 * this.#groups * rows);
    this.counts = emitter.sharedScratch(rows);
  }

  /** Address of a row's masks, and of its numbers. */
  masksAt(row: I32): I32 {
    return i32.add(i32.mul(row, 8 * this.#groups), this.#masks);
  }

  rowAt(row: I32): I32 {
    return i32.add(i32.mul(row, 4 * this.#columns), this.#x);
  }

  /** Marks a row that was filled. */
  mark(f: FunctionBuilder, { module }: ProgramEmitter, row: Local<"i32">): void {
    const count = i32.add(i32.shl(row, 2), this.counts);
    f.call(rowMasking(module, this.#columns), this.rowAt(row), this.masksAt(row), count);
  }
}

export function rowMasksOf(emitter: ProgramEmitter, x: Slot, shape: Extents): RowMasks {
  const key = `row masks of ${x.offset} as ${shape}`;
  return emitter.once(key, () => new RowMasks(emitter, x, shape));
}

/** `(x, masks, count)`: masks of a row, 64 columns each, and how many bits they have in all. */
function rowMasking(module: ModuleBuilder, columns: number): FunctionReference {
  return module.shared(`row masks ${columns}`, 3, (f) => {
    const [x, masks, count] = f.arguments;
    const total = f.local("i32");
    const mask = f.local("i64");
    const one = (width: number): void => {
      f.set(mask, maskOf(f, x, width));
      f.do(i64.store(masks, mask));
      f.set(total, i32.add(total, i64.count(mask)));
    };
    const whole = columns - (columns % MASK_BITS);
    f.for(0, whole, MASK_BITS, () => {
      one(MASK_BITS);
      f.set(x, i32.add(x, 4 * MASK_BITS));
      f.set(masks, i32.add(masks, 8));
    });
    if (whole < columns) one(columns - whole);
    f.do(i32.store(count, total));
  });
}

/** A bit for each of up to 64 numbers that is not 0. */
function maskOf(f: FunctionBuilder, x: I32, width: number): I64 {
  let mask: I64 | undefined;
  for (let start = 0; start < width; start += 16) {
    const [a, b, c, d] = [0, 16, 32, 48].map((at) => differsFrom0(x, 4 * start + at)) as [
      V128,
      V128,
      V128,
      V128,
    ];
    const bits = i8x16.bitmask(i8x16.narrow(i32x4.narrow(a, b), i32x4.narrow(c, d)));
    const own = width - start < 16 ? i32.and(bits, 2 ** (width - start) - 1) : bits;
    const placed = i64.shl(i64.fromI32(own), start);
    mask = mask === undefined ? placed : i64.or(mask, placed);
  }
  return f.let(mask as I64);
}

/** Lanes of which the number at an address is not 0, all bits set. */
export function differsFrom0(address: I32, offset: number): V128 {
  return f32x4.ne(v128.load(address, offset), f32x4.const(0));
}
