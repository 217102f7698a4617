import type { Slot } from "../../plan.js";
import type { FunctionBuilder, FunctionReference } from "../assembler/function-builder.js";
import type { ModuleBuilder } from "../assembler/module-builder.js";
import { type Index, i32, type V128, v128 } from "../assembler/opcodes.js";
import type { PhaseBody, ProgramEmitter } from "../program-emitter.js";
import { packedWords } from "./gemm.js";

/** The right factor of a product, `[k, n]`, or `[n, k]` where transposed, packed row-major. */
export interface RightFactor {
  readonly slot: Slot;
  readonly k: number;
  readonly n: number;
  readonly transposed: boolean;
}

/**
 * Adds a phase that copies the factor into panels of 8 columns: `packed[n / 8][k][8]`, so that a tile
 * reads it front to back. What lies beyond the last column is arbitrary.
 *
 * @returns address of the copy
 */
export function packPhase(
  emitter: ProgramEmitter,
  factor: RightFactor,
  condition: Condition = always,
): number {
  const own = emitter.isConstant(factor.slot) ? always : condition;
  return emitter.prepared(factor.slot, () => addPacking(emitter, factor, own));
}

/** Whether something is needed in a run, as code, and the group of the phase that does it. */
export interface Condition {
  when(f: FunctionBuilder, body: () => void): void;
  readonly group: number;
}

const always: Condition = { when: (_f, body) => body(), group: 0 };

function addPacking(
  emitter: ProgramEmitter,
  { k, n, slot, transposed }: RightFactor,
  { when, group }: Condition,
): number {
  const address = emitter.address(slot);
  const packed = emitter.sharedScratch(packedWords(k, n));
  const panels = Math.ceil(n / 8);
  const columnBytes = transposed ? 4 * k : 4;
  const body: PhaseBody = (f, begin, end) => {
    const pack = (panel: Index, copy: FunctionReference): void => {
      const from = i32.add(i32.mul(panel, 8 * columnBytes), address);
      f.call(copy, from, i32.add(i32.mul(panel, 32 * k), packed));
    };
    const copyOf = (columns: number): FunctionReference =>
      transposed ? transposingCopy(emitter.module, k, columns) : plainCopy(emitter.module, k, n);
    when(f, () => {
      if (!transposed || n % 8 === 0) {
        f.for(begin, end, 1, (panel) => pack(panel, copyOf(8)));
        return;
      }
      const whole = f.let(i32.select(i32.lt(end, panels - 1), end, panels - 1));
      f.for(begin, whole, 1, (panel) => pack(panel, copyOf(8)));
      f.if(i32.eq(end, panels), () => pack(panels - 1, copyOf(n % 8)));
    });
  };
  emitter.phase(panels, k * n, body, group);
  return packed;
}

/** `(from, to)`: copies 8 columns of a `[k, n]` matrix. */
function plainCopy(module: ModuleBuilder, k: number, n: number): FunctionReference {
  return module.shared(`pack ${[k, n]}`, 2, (f) => {
    const [from, to] = f.arguments;
    f.for(0, k, 1, () => {
      f.do(v128.store(to, v128.load(from)));
      f.do(v128.store(to, v128.load(from, 16), 16));
      f.set(from, i32.add(from, 4 * n));
      f.set(to, i32.add(to, 32));
    });
  });
}

/** `(from, to)`: copies up to 8 rows of an `[n, k]` matrix, which become columns. */
function transposingCopy(module: ModuleBuilder, k: number, columns: number): FunctionReference {
  return module.shared(`pack transposed ${[k, columns]}`, 2, (f) => {
    const [from, to] = f.arguments;
    // Where there are fewer than 8, the last one is copied again, to stay within the matrix.
    const row = (index: number): V128 => v128.load(from, Math.min(index, columns - 1) * 4 * k);
    const steps = (count: number): void => {
      for (const half of [0, 1]) {
        const rows = [0, 1, 2, 3].map((r) => f.let(row(4 * half + r)));
        const columns = transpose(f, rows).slice(0, count);
        f.do(...columns.map((column, step) => v128.store(to, column, 32 * step + 16 * half)));
      }
    };
    f.for(0, k - (k % 4), 4, () => {
      steps(4);
      f.set(from, i32.add(from, 16));
      f.set(to, i32.add(to, 128));
    });
    if (k % 4 !== 0) steps(k % 4);
  });
}

/** Columns of the 4×4 matrix of these rows. */
function transpose(f: FunctionBuilder, [a, b, c, d]: readonly V128[]): V128[] {
  const lowAB = f.let(v128.shuffle(a, b, [0, 4, 1, 5]));
  const lowCD = f.let(v128.shuffle(c, d, [0, 4, 1, 5]));
  const highAB = f.let(v128.shuffle(a, b, [2, 6, 3, 7]));
  const highCD = f.let(v128.shuffle(c, d, [2, 6, 3, 7]));
  return [
    v128.shuffle(lowAB, lowCD, [0, 1, 4, 5]),
    v128.shuffle(lowAB, lowCD, [2, 3, 6, 7]),
    v128.shuffle(highAB, highCD, [0, 1, 4, 5]),
    v128.shuffle(highAB, highCD, [2, 3, 6, 7]),
  ];
}
