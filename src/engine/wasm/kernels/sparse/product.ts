import type { Slot, Step } from "../../../plan.js";
import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type I32, type Index, i32, v128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { updateRectangle } from "../optimizers.js";
import { finishRectangle, type Rectangle } from "../rectangle.js";
import { ENTRY_BYTES, ifSparse, MASK_BITS, type Nonzeros, nonzerosOf } from "./nonzeros.js";
import { columnProduct, rowProduct, SPARSE_COLUMNS, zeroTimes } from "./products.js";

/** Numbers of an input row from which on looking for zeros can pay. */
const MIN_COLUMNS = 32;

/** A product whose left factor is an input of the program, with the zeros of that passed over. */
export interface SparseProduct {
  /** Writes a choice, by the numbers of this run, between this way and the other. */
  choose(f: FunctionBuilder, yes: () => void, no: () => void): void;
  /** Runs something only where the other way is taken. */
  otherwise(f: FunctionBuilder, body: () => void): void;
  /** Computes and finishes a rectangle, of at most 32 columns. */
  compute(f: FunctionBuilder, rectangle: Rectangle, scratch: Local<"i32">): void;
}

export function sparseProduct(emitter: ProgramEmitter, step: Step): SparseProduct | undefined {
  const [a] = step.inputs;
  const { transposeA, transposeB } = step.attributes as Record<string, boolean>;
  const [rows, columns] = a.shape as [number, number];
  if (transposeB || !emitter.isInput(a) || columns < MIN_COLUMNS) return undefined;
  const nonzeros = nonzerosOf(emitter, a, [rows, columns]);
  const options = { emitter, step, nonzeros };
  return {
    choose: (f, yes, no) => ifSparse(f, nonzeros, yes, no),
    otherwise: (f, body) => ifSparse(f, nonzeros, () => {}, body),
    compute: transposeA ? gradientPart(options) : productPart(options),
  };
}

interface Options {
  readonly emitter: ProgramEmitter;
  readonly step: Step;
  readonly nonzeros: Nonzeros;
}

type Part = SparseProduct["compute"];

/** `c[i] = Σ_k x_ik·w[k]` over the entries of row i. */
function productPart({ emitter, step, nonzeros }: Options): Part {
  const [, w] = step.inputs;
  const n = step.output.shape[1];
  const start = startsOf(emitter, w);
  return (f, rectangle, scratch) =>
    forWidths(f, rectangle, n, (columns) => {
      const from = start(f, rectangle.columns[0], { columns, scratch });
      const b = f.let(i32.add(i32.shl(rectangle.columns[0], 2), emitter.address(w)));
      f.for(rectangle.rows[0], rectangle.rows[1], 1, (row) => {
        const entry = f.let(
          i32.add(i32.mul(row, ENTRY_BYTES * nonzeros.columns), nonzeros.entries),
        );
        const count = i32.load(i32.shl(row, 2), nonzeros.counts);
        const end = i32.add(i32.mul(count, ENTRY_BYTES), entry);
        const c = i32.add(i32.mul(row, 4 * n), i32.shl(rectangle.columns[0], 2));
        const kernel = rowProduct(emitter.module, columns, 4 * n);
        f.call(kernel, entry, end, b, from, i32.add(c, emitter.address(step.output)));
      });
      finishRectangle(f, emitter, step, rectangle);
    });
}

/** `c[k] = Σ_i x_ik·dy[i]` over the rows i that are not 0 in column k; then the update by it. */
function gradientPart({ emitter, step, nonzeros }: Options): Part {
  const [x, dy] = step.inputs;
  const n = step.output.shape[1];
  const { words, columns: inputs } = nonzeros;
  const start = startsOf(emitter, dy);
  const sums = emitter.threadScratch(SPARSE_COLUMNS);
  return (f, rectangle, scratch) =>
    forWidths(f, rectangle, n, (columns) => {
      const from = start(f, rectangle.columns[0], { columns, scratch });
      const b = f.let(i32.add(i32.shl(rectangle.columns[0], 2), emitter.address(dy)));
      const gradient = f.let(i32.add(scratch, sums));
      const kernel = columnProduct(emitter.module, columns, { aBytes: 4 * inputs, bBytes: 4 * n });
      f.for(rectangle.rows[0], rectangle.rows[1], 1, (row) => {
        const mask = f.let(i32.add(i32.mul(row, 8 * words), nonzeros.masks));
        const a = f.let(i32.add(i32.shl(row, 2), emitter.address(x)));
        const own = i32.add(i32.mul(row, 4 * n), i32.shl(rectangle.columns[0], 2));
        const to = step.update ? gradient : f.let(i32.add(own, emitter.address(step.output)));
        for (let word = 0; word < words; word++) {
          const first = word * MASK_BITS;
          f.call(
            kernel,
            i32.add(mask, 8 * word),
            i32.add(a, first * 4 * inputs),
            i32.add(b, first * 4 * n),
            word === 0 ? from : to,
            to,
          );
        }
        if (step.update === undefined) return;
        const line: Rectangle = { rows: [row, f.let(i32.add(row, 1))], columns: rectangle.columns };
        updateRectangle(f, emitter, step.update, { rectangle: line, gradient, rowBytes: 0 });
      });
      if (step.update === undefined) finishRectangle(f, emitter, step, rectangle);
    });
}

/** Writes `body` for each number of columns that a rectangle can have. */
function forWidths(
  f: FunctionBuilder,
  { columns: [first, last] }: Rectangle,
  n: number,
  body: (columns: number) => void,
): void {
  const rest = n % SPARSE_COLUMNS;
  if (rest === 0) return body(SPARSE_COLUMNS);
  if (n < SPARSE_COLUMNS) return body(rest);
  const whole = i32.eq(i32.sub(last, first), SPARSE_COLUMNS);
  f.if(whole, () => body(SPARSE_COLUMNS), () => body(rest));
}

/** Gives the address of what the sums of columns from `first` on start at: 0, or NaN. */
function startsOf(emitter: ProgramEmitter, factor: Slot) {
  const [k, n] = factor.shape;
  const address = emitter.address(factor);
  const end = address + 4 * k * n;
  const part = emitter.threadScratch(SPARSE_COLUMNS);
  return (f: FunctionBuilder, first: Index, { columns, scratch }: { columns: number; scratch: Local<"i32"> }): I32 => {
    const to = f.let(i32.add(scratch, part));
    const from = f.let(i32.add(i32.shl(first, 2), address));
    f.call(zeroTimes(emitter.module, columns, 4 * n), from, end, to);
    return to;
  };
}
void v128;
