import { lastAxis } from "../../shape.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { f32x4, type I32, i32, type V128, v128 } from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { exp } from "./lane-math.js";
import { forRow, greatestOfRow, rowAddress, rowPhase, storePart, sumRow } from "./rows.js";

/** Of the row at `x`: the greatest number m, and `Σ e^(x - m)`, which is at least 1. */
export function exponentials(
  f: FunctionBuilder,
  x: I32,
  width: number,
): { readonly greatest: V128; readonly sum: V128 } {
  const greatest = greatestOfRow(f, width, x);
  const sum = sumRow(f, width, ({ offset }) => exponential(f, i32.add(x, offset), greatest));
  return { greatest, sum };
}

/** `e^(x - m)` of four numbers. */
export function exponential(f: FunctionBuilder, address: I32, greatest: V128): V128 {
  return exp(f, f32x4.sub(v128.load(address), greatest));
}

export const softmax: Kernel = (emitter, { inputs, output }) => {
  const width = lastAxis(output.shape);
  const [from, to] = [emitter.address(inputs[0]), emitter.address(output)];
  rowPhase(emitter, [output.size / width, width], (f, row) => {
    const x = rowAddress(f, from, row, width);
    const y = rowAddress(f, to, row, width);
    const { greatest, sum } = exponentials(f, x, width);
    forRow(f, width, (part) => {
      const power = exponential(f, i32.add(x, part.offset), greatest);
      f.do(...storePart(y, part, f.let(f32x4.div(power, sum))));
    });
  });
};

/** `dx_j = y_j·(dy_j - Σ_k dy_k·y_k)` */
export const softmaxGradient: Kernel = (emitter, { inputs, output }) => {
  const width = lastAxis(output.shape);
  const [dyBase, yBase] = inputs.map((slot) => emitter.address(slot));
  rowPhase(emitter, [output.size / width, width], (f, row) => {
    const dy = rowAddress(f, dyBase, row, width);
    const y = rowAddress(f, yBase, row, width);
    const dx = rowAddress(f, emitter.address(output), row, width);
    const load = (address: Local<"i32">, offset: Parameters<typeof i32.add>[1]): V128 =>
      v128.load(i32.add(address, offset));
    const sum = sumRow(f, width, ({ offset }) => f32x4.mul(load(dy, offset), load(y, offset)));
    forRow(f, width, (part) => {
      const { offset } = part;
      const result = f32x4.mul(load(y, offset), f32x4.sub(load(dy, offset), sum));
      f.do(...storePart(dx, part, f.let(result)));
    });
  });
};
