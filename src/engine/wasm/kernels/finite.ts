import type { Slot } from "../../plan.js";
import type { FunctionReference } from "../assembler/function-builder.js";
import type { ModuleBuilder } from "../assembler/module-builder.js";
import { f32x4, type I32, type Index, i32, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { acrossLanes } from "./rows.js";

/*
 * Products with zero that are not carried out must leave no trace. They leave none where the other
 * factor is finite; `0·∞` and `0·NaN` are NaN. So sums that pass over zeros start at `Σ 0·b` over the
 * other factor b, which is 0, or NaN: they are spoilt wherever the whole sum would be.
 */

/** Columns whose sums start at neighbouring words. */
const BLOCK = 32;
const zero = f32x4.const(0);

/** Gives the address where the starts of up to 32 neighbouring columns from `first` on lie. */
export type Starts = (first: I32) => Index;

/** What sums of products with `factor`, `[k, n]`, start at. */
export function startsOf(emitter: ProgramEmitter, factor: Slot): Starts {
  const isState = [...emitter.plan.states.values()].some(({ offset }) => offset === factor.offset);
  if (isState) {
    const flag = finiteFlag(emitter, factor);
    return () => flag;
  }
  const [k, n] = factor.shape as [number, number];
  const starts = emitter.sharedScratch(n);
  const from = emitter.address(factor);
  emitter.phase(1, k * n, (f) => {
    const block = (first: Index, columns: number): void => {
      const bytes = i32.mul(first, 4);
      const sum = zeroTimesRows(emitter.module, columns, 4 * n);
      f.call(sum, i32.add(bytes, from), from + 4 * k * n, i32.add(bytes, starts));
    };
    const whole = n - (n % BLOCK);
    f.for(0, whole, BLOCK, (first) => block(first, BLOCK));
    if (whole < n) block(whole, n - whole);
  });
  return (first) => i32.add(i32.shl(first, 2), starts);
}

/** `(from, end, to)`: `to = Σ 0·row`, rows of `columns` numbers, `rowBytes` apart, from `from` to before `end`. */
function zeroTimesRows(
  module: ModuleBuilder,
  columns: number,
  rowBytes: number,
): FunctionReference {
  return module.shared(`zero times ${[columns, rowBytes]}`, 3, (f) => {
    const [from, end, to] = f.arguments;
    const sums = Array.from({ length: Math.ceil(columns / 4) }, () => f.local("v128"));
    f.doWhile(
      () => {
        for (const [v, sum] of sums.entries()) {
          f.set(sum, f.madd(v128.load(from, 16 * v), zero, sum));
        }
        f.set(from, i32.add(from, rowBytes));
      },
      () => i32.lt(from, end),
    );
    for (const [v, sum] of sums.entries()) f.do(v128.store(to, sum, 16 * v));
  });
}

/** Address of 32 numbers, 0 or NaN by whether a state was finite when states were last written. */
function finiteFlag(emitter: ProgramEmitter, state: Slot): number {
  return emitter.once(`finite ${state.offset}`, () =>
    emitter.preparation(() => {
      const flag = emitter.sharedScratch(BLOCK);
      const start = emitter.address(state);
      emitter.phase(1, state.size, (f) => {
        const sum = f.let(zero);
        const vectors = start + 16 * Math.floor(state.size / 4);
        const end = start + 4 * state.size;
        f.for(start, vectors, 16, (at) => f.set(sum, f.madd(v128.load(at), zero, sum)));
        f.for(vectors, end, 4, (at) => f.set(sum, f.madd(f32x4.loadSplat(at), zero, sum)));
        const all = acrossLanes(f, sum, f32x4.add);
        for (let at = 0; at < 4 * BLOCK; at += 16) f.do(v128.store(flag, all, at));
      });
      return flag;
    }),
  );
}
