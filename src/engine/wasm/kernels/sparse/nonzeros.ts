import type { Slot } from "../../../plan.js";
import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import type { ModuleBuilder } from "../../assembler/module-builder.js";
import { f32, type I32, type Index, i32, i64 } from "../../assembler/opcodes.js";
import type { PhaseBody, ProgramEmitter } from "../../program-emitter.js";
import { emitColumnMasks } from "./column-masks.js";
import { type Extents, MASK_BITS, type RowMasks, rowMasksOf } from "./row-masks.js";

/** Share of numbers that are not 0 up to which passing over the zeros is faster. */
const SPARSE = 0.4;
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
  /** Of the phase that makes lists and masks, and of what is done instead. */
  readonly group: number;
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
      group: emitter.newGroup(),
      counts: rowMasks.counts,
      entries: emitter.sharedScratch(2 * rows * columns),
      // Written four columns at a time.
      masks: emitter.sharedScratch(2 * words * 4 * Math.ceil(columns / 4)),
    };
    if (!rowMasks.isMarked) markPhase(emitter, rowMasks);
    listPhase(emitter, x, { found, rowMasks });
    return found;
  });
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
  const body: PhaseBody = (f, begin, end) => {
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
  };
  emitter.phase(units, rows * columns, body, found.group);
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
