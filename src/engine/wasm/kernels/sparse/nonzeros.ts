import type { Slot } from "../../../plan.js";
import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import type { ModuleBuilder } from "../../assembler/module-builder.js";
import {
  f32,
  f32x4,
  type I32,
  type I64,
  type Index,
  i8x16,
  i32,
  i32x4,
  i64,
  type V128,
  v128,
} from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";

/** Share of numbers that are not 0 up to which passing over the zeros is faster. */
const SPARSE = 0.4;
/** Columns, or rows, of one mask. */
export const MASK_BITS = 64;
/** Bytes of an entry: the column, then the number. */
export const ENTRY_BYTES = 8;
const UNITS = 16;

/**
 * Where a matrix of inputs is not 0, found anew in each run: as lists of the columns of each row, and
 * as masks of the rows of each column. The lists are made only where there are few.
 */
export interface Nonzeros {
  readonly rows: number;
  readonly columns: number;
  /** i32 per row: how many there are. */
  readonly counts: number;
  /** `[rows][columns]` entries, as many of each row as there are. */
  readonly entries: number;
  /** `[columns][words]` masks of 64 rows. */
  readonly masks: number;
  readonly words: number;
}

/** Adds the phases that look for them, unless it was done for another product of this matrix. */
export function nonzerosOf(emitter: ProgramEmitter, x: Slot, shape: Extents): Nonzeros {
  return emitter.once(`nonzeros of ${x.offset} as ${shape}`, () => {
    const [rows, columns] = shape;
    const words = Math.ceil(rows / MASK_BITS);
    const rowMasks = rowMasksOf(emitter, x, shape);
    const found: Nonzeros = {
      rows,
      columns,
      words,
      counts: rowMasks.counts,
      entries: emitter.sharedScratch(2 * rows * columns),
      masks: emitter.sharedScratch(2 * words * columns),
    };
    if (!rowMasks.isMarked) markPhase(emitter, rowMasks);
    listPhase(emitter, x, { found, rowMasks });
    return found;
  });
}

type Extents = readonly [rows: number, columns: number];

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

/** Runs one or the other, by how many there are. */
export function ifSparse(
  f: FunctionBuilder,
  { counts, rows, columns }: Nonzeros,
  yes: () => void,
  no: () => void,
): void {
  const total = f.let(i32.const(0));
  f.for(0, 4 * rows, 4, (row) => f.set(total, i32.add(total, i32.load(row, counts))));
  f.if(i32.le(total, Math.floor(SPARSE * rows * columns)), yes, no);
}

function markPhase(emitter: ProgramEmitter, rowMasks: RowMasks): void {
  emitter.phase(rowMasks.rows, rowMasks.rows * MASK_BITS, (f, begin, end) => {
    f.for(begin, end, 1, (row) => rowMasks.mark(f, emitter, row));
  });
}

/** Lists what was marked, and marks the columns, where that is of use. */
function listPhase(
  emitter: ProgramEmitter,
  x: Slot,
  { found, rowMasks }: { found: Nonzeros; rowMasks: RowMasks },
): void {
  const { rows, columns, entries } = found;
  const units = Math.min(UNITS, rows);
  const edge = (unit: Index, count: number) => i32.div(i32.mul(unit, count), units);
  const columnGroups = Math.ceil(columns / 4);
  const byColumn = emitter.plan.steps.some(
    ({ inputs: [left], attributes }) => left?.offset === x.offset && attributes.transposeA,
  );
  emitter.phase(units, rows * columns, (f, begin, end) => {
    const list = (): void => {
      f.for(edge(begin, rows), edge(end, rows), 1, (row) => {
        const to = i32.add(i32.mul(row, ENTRY_BYTES * columns), entries);
        f.call(listing(emitter.module, columns), rowMasks.masksAt(row), rowMasks.rowAt(row), to);
      });
      if (!byColumn) return;
      f.for(edge(begin, columnGroups), edge(end, columnGroups), 1, (group) =>
        emitColumnMasks(f, found, i32.add(i32.shl(group, 4), emitter.address(x)), group),
      );
    };
    ifSparse(f, found, list, () => {});
  });
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

function differsFrom0(address: I32, offset: number): V128 {
  return f32x4.ne(v128.load(address, offset), f32x4.const(0));
}

/** The masks of four columns. */
function emitColumnMasks(
  f: FunctionBuilder,
  { rows, columns, words, masks }: Nonzeros,
  x: I32,
  group: I32,
): void {
  const to = f.let(i32.add(i32.mul(group, 32 * words), masks));
  for (let word = 0; word < words; word++) {
    const half = (first: number): V128 =>
      rowBits(f, x, { first, count: Math.min(32, rows - first), stride: 4 * columns });
    const [low, high] = [half(MASK_BITS * word), half(MASK_BITS * word + 32)];
    const pairs = [
      f.let(v128.shuffle(low, high, [0, 4, 1, 5])),
      f.let(v128.shuffle(low, high, [2, 6, 3, 7])),
    ];
    pairs.forEach((pair, i) => {
      f.do(v128.store64Lane(to, pair, 0, 8 * (words * 2 * i + word)));
      f.do(v128.store64Lane(to, pair, 1, 8 * (words * (2 * i + 1) + word)));
    });
  }
}

/** Of four columns, a bit for each of up to 32 rows. */
function rowBits(
  f: FunctionBuilder,
  x: I32,
  { first, count, stride }: { first: number; count: number; stride: number },
): Local<"v128"> {
  const bits = f.let(i32x4.splat(0));
  const bit = f.let(i32x4.splat(1));
  const from = f.let(i32.add(x, first * stride));
  f.for(0, count, 1, () => {
    f.set(bits, v128.or(bits, v128.and(differsFrom0(from, 0), bit)));
    f.set(bit, i32x4.shl(bit, 1));
    f.set(from, i32.add(from, stride));
  });
  return bits;
}

/** `(masks, x, entry)`: writes an entry for each bit of a row's masks. */
function listing(module: ModuleBuilder, columns: number): FunctionReference {
  return module.shared(`entries ${columns}`, 3, (f) => {
    const [masks, x, entry] = f.arguments;
    const mask = f.local("i64");
    const column = f.local("i32");
    f.for(0, columns, MASK_BITS, (group) => {
      f.set(mask, i64.load(masks));
      forBits(f, mask, (bit) => {
        f.set(column, i32.add(bit, group));
        f.do(i32.store(entry, column));
        f.do(f32.store(entry, f32.load(i32.add(i32.shl(column, 2), x)), 4));
        f.set(entry, i32.add(entry, ENTRY_BYTES));
      });
      f.set(masks, i32.add(masks, 8));
    });
  });
}

/** Runs `body` for each bit of a mask, from the lowest; the mask is 0 afterwards. */
export function forBits(f: FunctionBuilder, mask: Local<"i64">, body: (bit: I32) => void): void {
  const loop = (): void =>
    f.doWhile(
      () => {
        body(i64.lowest(mask));
        f.set(mask, i64.withoutLowest(mask));
      },
      () => i64.any(mask),
    );
  f.if(i64.any(mask), loop);
}
