import type { Step } from "../../plan.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import type { Kernel } from "./kernel.js";
import { flatPhase } from "./rectangle.js";

// p parameter, g gradient, v velocity or second moment, m first moment, lr learning rate.

/** Moments nearer to 0 than this are made 0: what follows from them would be denormal, and slow. */
const TINY = 1e-30;

function withoutTiny(f: FunctionBuilder, x: V128): V128 {
  const value = f.let(x);
  return v128.and(value, f32x4.ge(f32x4.abs(value), f32x4.const(TINY)));
}

interface Update {
  /** Values of the inputs, the rates excepted. */
  readonly values: readonly V128[];
  /** Learning rate, first correction, second correction. */
  readonly rates: readonly V128[];
}

/** Adds a phase that overwrites the inputs an operation updates, in the order of `updates`. */
function updatePhase(
  emitter: ProgramEmitter,
  { inputs, operation }: Step,
  compute: (f: FunctionBuilder, update: Update) => readonly V128[],
): void {
  const arrays = inputs.slice(0, -1);
  const rates = [0, 4, 8].map((at) =>
    f32x4.loadSplat(emitter.address(inputs[inputs.length - 1]), at),
  );
  flatPhase(emitter, inputs[0], (f, element) => {
    const values = arrays.map((slot) => f.let(v128.load(element, emitter.address(slot))));
    const results = compute(f, { values, rates }).map((result) => f.let(result));
    return (operation.updates ?? []).map((index, i) =>
      v128.store(element, results[i], emitter.address(inputs[index])),
    );
  });
}

/** `g + λ·p` */
function decayed(f: FunctionBuilder, g: V128, p: V128, weightDecay: number): V128 {
  return weightDecay === 0 ? g : f.let(f.madd(p, f32x4.const(weightDecay), g));
}

export const sgd: Kernel = (emitter, step) => {
  const { weightDecay } = step.attributes as { weightDecay: number };
  updatePhase(emitter, step, (f, { values: [p, gradient], rates: [lr] }) => {
    const g = decayed(f, gradient, p, weightDecay);
    return [f.madd(f32x4.neg(lr), g, p)];
  });
};

export const sgdMomentum: Kernel = (emitter, step) => {
  const { momentum, nesterov, weightDecay } = step.attributes as Record<string, number>;
  updatePhase(emitter, step, (f, { values: [p, v, gradient], rates: [lr] }) => {
    const g = decayed(f, gradient, p, weightDecay);
    const velocity = f.let(withoutTiny(f, f.madd(v, f32x4.const(momentum), g)));
    const direction = nesterov ? f.madd(velocity, f32x4.const(momentum), g) : velocity;
    return [f.madd(f32x4.neg(lr), direction, p), velocity];
  });
};

export const rmsprop: Kernel = (emitter, step) => {
  const { decay, epsilon, weightDecay } = step.attributes as Record<string, number>;
  updatePhase(emitter, step, (f, { values: [p, s, gradient], rates: [lr] }) => {
    const g = decayed(f, gradient, p, weightDecay);
    const square = f.let(withoutTiny(f, mixed(f, s, f32x4.mul(g, g), decay)));
    const root = f32x4.add(f32x4.sqrt(square), f32x4.const(epsilon));
    return [f32x4.sub(p, f32x4.div(f32x4.mul(lr, g), root)), square];
  });
};

export const adam: Kernel = (emitter, step) => {
  const { beta1, beta2, epsilon, weightDecay, decoupled } = step.attributes as Record<
    string,
    number
  >;
  updatePhase(emitter, step, (f, { values: [p, m, v, gradient], rates: [lr, c1, c2] }) => {
    const g = decoupled ? gradient : decayed(f, gradient, p, weightDecay);
    const first = f.let(withoutTiny(f, mixed(f, m, g, beta1)));
    const second = f.let(withoutTiny(f, mixed(f, v, f32x4.mul(g, g), beta2)));
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, c2)), f32x4.const(epsilon));
    const change = f32x4.div(f32x4.mul(f32x4.mul(first, c1), lr), root);
    const kept =
      decoupled && weightDecay !== 0 ? f.madd(f32x4.mul(lr, f32x4.const(-weightDecay)), p, p) : p;
    return [f32x4.sub(kept, change), first, second];
  });
};

/** `share·old + (1 - share)·added` */
function mixed(f: FunctionBuilder, old: V128, added: V128, share: number): V128 {
  return f.madd(old, f32x4.const(share), f32x4.mul(added, f32x4.const(1 - share)));
}

export const movingAverage: Kernel = (emitter, { inputs, attributes }) => {
  const [state, value] = inputs.map((slot) => emitter.address(slot));
  const { decay } = attributes as { decay: number };
  flatPhase(emitter, inputs[0], (f, element) => {
    const old = f.let(v128.load(element, state));
    const difference = f32x4.sub(v128.load(element, value), old);
    return [v128.store(element, f.madd(difference, f32x4.const(1 - decay), old), state)];
  });
};
