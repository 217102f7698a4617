import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type I32, i32x4, type V128, v128 } from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { lanes } from "./lanes.js";
import { mapPhase } from "./rectangle.js";

/** Any elementwise operation that was not joined to a step before it. */
export const elementwise: Kernel = (emitter, step) => {
  const { operation, inputs, attributes } = step;
  const { broadcast = [] } = operation.elementwise ?? {};
  const compute = lanes[operation.name];
  if (compute === undefined) throw new TypeError(`wasm: no kernel for ${operation.name}`);
  mapPhase(emitter, step, broadcast.length > 0, (f, { element, column }) => {
    const values = inputs.map((slot, index) =>
      f.let(v128.load(broadcast.includes(index) ? column : element, emitter.address(slot))),
    );
    return compute(f, values, attributes);
  });
};

export const constant: Kernel = (emitter, step) => {
  mapPhase(emitter, step, false, () => f32x4.const(step.attributes.value as number));
};

/** `dx_i = dy / n` */
export const spread: Kernel = (emitter, step) => {
  const dy = emitter.address(step.inputs[0]);
  mapPhase(emitter, step, false, () =>
    f32x4.div(f32x4.loadSplat(dy), f32x4.const(step.output.size)),
  );
};

export const dropout: Kernel = (emitter, step) => {
  const [x, seed] = step.inputs.map((slot) => emitter.address(slot));
  const { rate, stream } = step.attributes as { rate: number; stream: number };
  const threshold = Math.ceil(rate * 2 ** 24);
  mapPhase(emitter, step, false, (f, { element }) => {
    const hash = dropoutHash(f, element, stream, f32x4.loadSplat(seed));
    const kept = i32x4.ge(i32x4.shrUnsigned(hash, 8), i32x4.splat(threshold));
    return v128.and(f32x4.mul(v128.load(element, x), f32x4.const(1 / (1 - rate))), kept);
  });
};

/** The hash of `engine/ops/dropout.ts` for four elements from byte `element` on. */
function dropoutHash(f: FunctionBuilder, element: I32, stream: number, seed: V128): V128 {
  const first = i32x4.shr(i32x4.splat(element), 2);
  const index = i32x4.add(first, i32x4.const(0, 1, 2, 3));
  const mixed = i32x4.mul(index, i32x4.splat(0x9e3779b1));
  const h = f.let(v128.xor(i32x4.add(mixed, i32x4.splat(Math.imul(stream, 0x85ebca77))), seed));
  f.set(h, i32x4.mul(v128.xor(h, i32x4.shrUnsigned(h, 16)), i32x4.splat(0x85ebca6b)));
  f.set(h, i32x4.mul(v128.xor(h, i32x4.shrUnsigned(h, 13)), i32x4.splat(0xc2b2ae35)));
  return v128.xor(h, i32x4.shrUnsigned(h, 16));
}
