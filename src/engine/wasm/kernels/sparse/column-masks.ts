import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type I32, i32, i32x4, type V128, v128 } from "../../assembler/opcodes.js";
import type { Nonzeros } from "./nonzeros.js";
import { differsFrom0, MASK_BITS } from "./row-masks.js";

/** Writes the masks of four columns, x being the address of the first in row 0. */
export function emitColumnMasks(
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
