import type { Slot, Step } from "../../../plan.js";
import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type I32, i32, i64 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { startsOf } from "../finite.js";
import { updateLine, updateResting } from "../optimizers.js";
import type { Condition } from "../packing.js";
import { finishRectangle, forWidths, type Rectangle } from "../rectangle.js";
import { columnProduct, rowProduct, SPARSE_COLUMNS } from "./lines.js";
import { ENTRY_BYTES, ifSparse, type Nonzeros, nonzerosOf } from "./nonzeros.js";
import { MASK_BITS } from "./row-masks.js";

/** Numbers of an input row from which on looking for zeros can pay. */
const MIN_COLUMNS = 32;

/** A product whose left factor is an input of the program, with the zeros of that passed over. */
export interface SparseProduct {
  /** Writes a choice, by the numbers of this run, between this way and the other. */
  choose(f: FunctionBuilder, yes: () => void, no: () => void): void;
  /** What is to be made ready for the other way, only where that is taken. */
  readonly otherwise: Condition;
  /** Computes and finishes a rectangle, of at most 32 columns. */
  compute(f: FunctionBuilder, rectangle: Rectangle, scratch: Local<"i32">): void;
}

export function sparseProduct(emitter: ProgramEmitter, step: Step): SparseProduct | undefined {
  const [a] = step.inputs;
  const { transposeA } = step.attributes as Record<string, boolean>;
  if (!isSparse(emitter, step)) return undefined;
  const nonzeros = nonzerosOf(emitter, a, a.shape as [number, number]);
  const options = { emitter, step, nonzeros };
  return {
    choose: (f, yes, no) => ifSparse(f, nonzeros, yes, no),
    otherwise: {
      when: (f, body) => ifSparse(f, nonzeros, () => {}, body),
      // By the time of a gradient the lists are long made.
      group: transposeA ? 0 : nonzeros.group,
    },
    compute: transposeA ? gradientPart(options) : productPart(options),
  };
}

function isSparse(emitter: ProgramEmitter, { operation, inputs, attributes }: Step): boolean {
  if (operation.name !== "matmul" || attributes.transposeB) return false;
  return emitter.isInput(inputs[0]) && inputs[0].shape[1] >= MIN_COLUMNS;
}

/** The shape under which an input is such a left factor, if it is one. */
export function sparseShapeOf(emitter: ProgramEmitter, { offset }: Slot) {
  const product = emitter.plan.steps.find(
    (step) => step.inputs[0]?.offset === offset && isSparse(emitter, step),
  );
  return product?.inputs[0].shape as readonly [number, number] | undefined;
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
  return (f, rectangle) =>
    forWidths(f, rectangle, { n, block: SPARSE_COLUMNS }, (columns) => {
      const from = start(rectangle.columns[0] as I32);
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
    forWidths(f, rectangle, { n, block: SPARSE_COLUMNS }, (columns) => {
      const from = start(rectangle.columns[0] as I32);
      const b = f.let(i32.add(i32.shl(rectangle.columns[0], 2), emitter.address(dy)));
      const gradient = f.let(i32.add(scratch, sums));
      const kernel = columnProduct(emitter.module, columns, { aBytes: 4 * inputs, bBytes: 4 * n });
      f.for(rectangle.rows[0], rectangle.rows[1], 1, (row) => {
        const mask = f.let(i32.add(i32.mul(row, 8 * words), nonzeros.masks));
        const a = f.let(i32.add(i32.shl(row, 2), emitter.address(x)));
        const own = f.let(i32.add(i32.mul(row, 4 * n), i32.shl(rectangle.columns[0], 2)));
        const to = step.update ? gradient : f.let(i32.add(own, emitter.address(step.output)));
        const sum = (): void => {
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
        };
        if (step.update === undefined) {
          sum();
          return;
        }
        const { update } = step;
        let any = i64.load(mask);
        for (let word = 1; word < words; word++) any = i64.or(any, i64.load(mask, 8 * word));
        f.if(
          i64.any(any),
          () => {
            sum();
            f.call(updateLine(emitter, update, columns), own, gradient);
          },
          () => f.call(updateResting(emitter, update, columns), own, from),
        );
      });
      if (step.update === undefined) finishRectangle(f, emitter, step, rectangle);
    });
}
