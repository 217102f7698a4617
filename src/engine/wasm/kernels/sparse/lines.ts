import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import type { ModuleBuilder } from "../../assembler/module-builder.js";
import { f32x4, type Index, i32, i64, v128 } from "../../assembler/opcodes.js";
import { storeLanes } from "../rectangle.js";
import { ENTRY_BYTES, forBits } from "./nonzeros.js";

/** `8·4 = 32` columns of the product are made at once: 8 vectors of sums. */
export const SPARSE_COLUMNS = 32;

/** The sums of the columns of a row, vectors side by side. */
function sumsOf(f: FunctionBuilder, columns: number, from: Index): Local<"v128">[] {
  return Array.from({ length: Math.ceil(columns / 4) }, (_, v) => f.let(v128.load(from, 16 * v)));
}

/**
 * `(entry, end, b, start, c)`: `c = start + Σ x·b[column]` over entries `(column, x)`, rows of b
 * `rowBytes` apart.
 */
export function rowProduct(
  module: ModuleBuilder,
  columns: number,
  rowBytes: number,
): FunctionReference {
  return module.shared(`sparse row ${[columns, rowBytes]}`, 5, (f) => {
    const [entry, end, b, start, c] = f.arguments;
    const sums = sumsOf(f, columns, start);
    const [right, left] = [f.local("i32"), f.local("v128")];
    f.if(i32.lt(entry, end), () =>
      f.doWhile(
        () => {
          f.set(right, i32.add(i32.mul(i32.load(entry), rowBytes), b));
          f.set(left, f32x4.loadSplat(entry, 4));
          for (const [v, sum] of sums.entries())
            f.set(sum, f.madd(left, v128.load(right, 16 * v), sum));
          f.set(entry, i32.add(entry, ENTRY_BYTES));
        },
        () => i32.lt(entry, end),
      ),
    );
    for (const [v, sum] of sums.entries())
      f.do(...storeLanes(c, sum, Math.min(4, columns - 4 * v), 16 * v));
  });
}

/**
 * `(mask, a, b, start, c)`: `c = start + Σ a[i]·b[i]` over the bits i of a mask, numbers of a `aBytes`
 * apart, rows of b `bBytes`.
 */
export function columnProduct(
  module: ModuleBuilder,
  columns: number,
  { aBytes, bBytes }: { aBytes: number; bBytes: number },
): FunctionReference {
  return module.shared(`sparse column ${[columns, aBytes, bBytes]}`, 5, (f) => {
    const [address, a, b, start, c] = f.arguments;
    const sums = sumsOf(f, columns, start);
    const [right, left, i] = [f.local("i32"), f.local("v128"), f.local("i32")];
    const mask = f.let(i64.load(address));
    forBits(f, mask, (bit) => {
      f.set(i, bit);
      f.set(right, i32.add(i32.mul(i, bBytes), b));
      f.set(left, f32x4.loadSplat(i32.add(i32.mul(i, aBytes), a)));
      for (const [v, sum] of sums.entries())
        f.set(sum, f.madd(left, v128.load(right, 16 * v), sum));
    });
    for (const [v, sum] of sums.entries())
      f.do(...storeLanes(c, sum, Math.min(4, columns - 4 * v), 16 * v));
  });
}
