import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, fillNaN, i16x8, i32, i32x4, type V128, v128 } from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { storeLanes } from "./rectangle.js";
import { sparseShapeOf } from "./sparse/product.js";
import { rowMasksOf } from "./sparse/row-masks.js";

/** The first 14 bits of 1 / 255, so that the product with a byte is exact, and the rest. */
const HIGH = Math.floor(2 ** 21 / 255) / 2 ** 21;
const LOW = 1 / 255 - HIGH;

/** Exactly what `x / 255` rounds to, for each byte x, without the divider. */
function partOf255(f: FunctionBuilder, bytes: V128): V128 {
  const x = f.let(bytes);
  return f32x4.add(f32x4.mul(x, f32x4.const(HIGH)), f32x4.mul(x, f32x4.const(LOW)));
}

/**
 * Copies rows of bytes by their indices, as parts of 255; blank stretches cost next to nothing. Nothing
 * outside the bank is read: a row whose index lies there becomes NaN.
 */
export const gather: Kernel = (emitter, { inputs: [y, bank, indices] }) => {
  const rows = indices.size;
  const size = y.size / rows;
  const body = emitter.module.shared(`gather ${size}`, 2, (f) => {
    const [from, to] = f.arguments;
    const bytes = f.local("v128");
    const sixteen = (count: number): void => {
      f.set(bytes, v128.load(from));
      const whole = count === 16;
      f.if(
        v128.any(bytes),
        () => {
          const halves = [i16x8.extendLow(bytes), i16x8.extendHigh(bytes)].map((it) => f.let(it));
          const quarters = halves.flatMap((it) => [i32x4.extendLow(it), i32x4.extendHigh(it)]);
          quarters.forEach((it, i) => {
            if (4 * i >= count) return;
            const reals = f.let(partOf255(f, f32x4.fromI32x4(it)));
            f.do(...storeLanes(to, reals, Math.min(4, count - 4 * i), 16 * i));
          });
        },
        () => {
          const zero: V128 = f32x4.const(0);
          for (let i = 0; 4 * i < count; i++) {
            f.do(...storeLanes(to, zero, Math.min(4, count - 4 * i), 16 * i));
          }
        },
      );
      if (!whole) return;
      f.set(from, i32.add(from, 16));
      f.set(to, i32.add(to, 64));
    };
    f.for(0, size - (size % 16), 16, () => sixteen(16));
    if (size % 16 > 0) sixteen(size % 16);
  });
  const shape = sparseShapeOf(emitter, y);
  // A product may see the samples as another number of rows.
  const rowMasks = shape?.[0] === rows ? rowMasksOf(emitter, y, shape) : undefined;
  if (rowMasks !== undefined) rowMasks.isMarked = true;
  emitter.phase(rows, y.size, (f, begin, end) => {
    f.for(begin, end, 1, (row) => {
      const index = f.let(i32.load(i32.shl(row, 2), emitter.address(indices)));
      const to = f.let(i32.add(i32.mul(row, 4 * size), emitter.address(y)));
      f.if(
        i32.below(index, bank.shape[0]),
        () => f.call(body, i32.add(i32.mul(index, size), emitter.address(bank)), to),
        () => f.do(fillNaN(to, 4 * size)),
      );
      rowMasks?.mark(f, emitter, row);
    });
  });
};
