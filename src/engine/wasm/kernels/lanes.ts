import type { Attributes } from "../../operation.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type V128, v128 } from "../assembler/opcodes.js";
import { sigmoid, tanh } from "./lane-math.js";

/** Four elements of an elementwise operation's output from those of its inputs. */
export type Lanes = (f: FunctionBuilder, values: readonly V128[], attributes: Attributes) => V128;

const zero = f32x4.const(0);
const one = f32x4.const(1);

/** The elementwise operations, by name. What each means is told in `engine/ops/`. */
export const lanes: Readonly<Record<string, Lanes>> = {
  add: (_f, [a, b]) => f32x4.add(a, b),
  addBias: (_f, [x, b]) => f32x4.add(x, b),
  scale: (_f, [x], { factor }) => f32x4.mul(x, f32x4.const(factor as number)),
  clipFactor: (_f, [x], { limit }) =>
    f32x4.min(one, f32x4.div(f32x4.const(limit as number), f32x4.sqrt(x))),
  relu: (_f, [x]) => f32x4.max(x, zero),
  reluGradient: (_f, [dy, y]) => v128.and(dy, f32x4.gt(y, zero)),
  leakyRelu: (_f, [x], { slope }) =>
    v128.select(f32x4.gt(x, zero), x, f32x4.mul(x, f32x4.const(slope as number))),
  leakyReluGradient: (_f, [dy, x], { slope }) =>
    v128.select(f32x4.gt(x, zero), dy, f32x4.mul(dy, f32x4.const(slope as number))),
  sigmoid: (f, [x]) => sigmoid(f, x),
  sigmoidGradient: (_f, [dy, y]) => f32x4.mul(f32x4.mul(dy, y), f32x4.sub(one, y)),
  tanh: (f, [x]) => tanh(f, x),
  tanhGradient: (_f, [dy, y]) => f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y))),
  gelu: (f, [x]) => f32x4.mul(x, geluGate(f, x)),
  geluGradient(f, [dy, x]) {
    // y = x·s(2u), so y' = s + x·s·(1 - s)·2u'
    const gate = f.let(geluGate(f, x));
    const slope = f.madd(
      f32x4.mul(x, x),
      f32x4.const(2 * GELU_SCALE * 3 * GELU_CUBIC),
      f32x4.const(2 * GELU_SCALE),
    );
    const curve = f32x4.mul(f32x4.mul(gate, f32x4.sub(one, gate)), f32x4.mul(x, slope));
    return f32x4.mul(dy, f32x4.add(gate, curve));
  },
};

const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** `½(1 + tanh u) = s(2u)` with s the logistic function, which loses no digits where u is far below 0. */
function geluGate(f: FunctionBuilder, x: V128): V128 {
  const cubic = f.madd(
    f32x4.mul(x, x),
    f32x4.const(2 * GELU_SCALE * GELU_CUBIC),
    f32x4.const(2 * GELU_SCALE),
  );
  return sigmoid(f, f32x4.mul(x, cubic));
}
