import type { Slot } from "../../plan.js";
import { lastAxis } from "../../shape.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type I32, type Index, i32, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import type { Kernel } from "./kernel.js";
import type { Place } from "./rectangle.js";

/** Rows that are summed by one group at least, and groups at most. */
const GROUP_ROWS = 64;
const GROUPS = 8;
/** Vectors summed side by side: a cache line. */
const VECTORS = 4;

/** What is summed down the columns of arrays of `like`'s shape, seen as a matrix, and where it goes. */
export interface ColumnSums {
  readonly like: Slot;
  readonly term: (f: FunctionBuilder, place: Place) => V128;
  /** The result for four columns from their sum; `column` is a byte offset. */
  readonly finish: (f: FunctionBuilder, sum: V128, column: I32) => V128;
  /** Address of the results; stored in vectors, so up to 3 words beyond the last are overwritten. */
  readonly to: number;
}

/** Adds phases that sum columns: within fixed groups of rows, then over the groups in order. */
export function columnSumPhases(emitter: ProgramEmitter, sums: ColumnSums): void {
  const { like, term, finish, to } = sums;
  const width = lastAxis(like.shape);
  const rows = like.size / width;
  const groups = Math.min(GROUPS, Math.ceil(rows / GROUP_ROWS));
  const groupBytes = 64 * Math.ceil(width / 16);
  const partial = emitter.sharedScratch((groups * groupBytes) / 4);
  emitter.phase(groups, like.size, (f, begin, end) => {
    f.for(begin, end, 1, (group) => {
      const edge = (g: Index) => i32.div(i32.mul(g, rows), groups);
      const first = f.let(edge(group));
      const last = f.let(edge(i32.add(group, 1)));
      const target = f.let(i32.add(i32.mul(group, groupBytes), partial));
      const sumBlock = (start: Index, vectors: number): void => {
        const columns = Array.from({ length: vectors }, (_, v) => f.let(i32.add(start, 16 * v)));
        const totals = columns.map(() => f.let(f32x4.const(0)));
        f.for(first, last, 1, (row) => {
          const from = f.let(i32.mul(row, 4 * width));
          totals.forEach((total, v) => {
            const element = f.let(i32.add(from, columns[v]));
            f.set(total, f32x4.add(total, term(f, { element, column: columns[v], row })));
          });
        });
        f.do(...totals.map((total, v) => v128.store(i32.add(target, columns[v]), total)));
      };
      const block = 4 * VECTORS;
      const whole = width - (width % block);
      f.for(0, 4 * whole, 4 * block, (start) => sumBlock(start, VECTORS));
      if (whole < width) sumBlock(4 * whole, Math.ceil((width - whole) / 4));
    });
  });
  emitter.phase(1, groups * width, (f) => {
    f.for(0, 4 * width, 16, (column) => {
      const total = f.let(v128.load(column, partial));
      for (let group = 1; group < groups; group++) {
        f.set(total, f32x4.add(total, v128.load(column, partial + group * groupBytes)));
      }
      f.do(v128.store(column, finish(f, total, column), to));
    });
  });
}

export const sumRows: Kernel = (emitter, { inputs: [x], output }) => {
  columnSumPhases(emitter, {
    like: x,
    term: (_f, { element }) => v128.load(element, emitter.address(x)),
    finish: (_f, sum) => sum,
    to: emitter.address(output),
  });
};
