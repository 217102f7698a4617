import type { Attributes } from "../../operation.js";
import type { Epilogue, Slot } from "../../plan.js";
import { lastAxis } from "../../shape.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type I32, i32, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import type { Kernel } from "./kernel.js";
import { flatPhase, forVectors, type Rectangle, storeLanes } from "./rectangle.js";

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
  readonly attributes: Attributes;
}

/** What becomes of four elements of the arrays that an optimizer updates, in the order of `updates`. */
type UpdateLanes = (f: FunctionBuilder, update: Update) => readonly V128[];

/** An optimizer as a step of its own. */
function updateKernel(compute: UpdateLanes): Kernel {
  return (emitter, { inputs, operation, attributes }) => {
    const rates = ratesOf(emitter, inputs.at(-1) as Slot);
    flatPhase(emitter, inputs[0], (f, element) => {
      const arrays = inputs.slice(0, -1);
      const values = arrays.map((slot) => f.let(v128.load(element, emitter.address(slot))));
      const results = compute(f, { values, rates, attributes }).map((result) => f.let(result));
      return (operation.updates ?? []).map((index, i) =>
        v128.store(element, results[i], emitter.address(inputs[index])),
      );
    });
  };
}

function ratesOf(emitter: ProgramEmitter, rates: Slot): V128[] {
  return [0, 4, 8].map((at) => f32x4.loadSplat(emitter.address(rates), at));
}

/**
 * Updates a rectangle of the arrays of an optimizer by a gradient that is not in its own array.
 *
 * @param gradient - address of the gradient of the rectangle's first element; `rowBytes` to the next row
 */
export function updateRectangle(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  { operation, attributes, operands }: Epilogue,
  options: { readonly rectangle: Rectangle; readonly gradient: I32; readonly rowBytes: number },
): void {
  const { rectangle, gradient, rowBytes } = options;
  const compute = updates[operation.name];
  const width = lastAxis((operands[0] as Slot).shape);
  const rates = ratesOf(emitter, operands.at(-1) as Slot);
  const from = f.let(i32.sub(gradient, i32.mul(rectangle.rows[0], rowBytes)));
  f.set(from, i32.sub(from, i32.shl(rectangle.columns[0], 2)));
  forVectors(f, rectangle, width, ({ element, column, row }, count) => {
    const at = i32.add(i32.add(i32.mul(row, rowBytes), column), from);
    const values = operands
      .slice(0, -1)
      .map((slot) => f.let(slot ? v128.load(element, emitter.address(slot)) : v128.load(at)));
    const results = compute(f, { values, rates, attributes }).map((result) => f.let(result));
    for (const [i, index] of (operation.updates ?? []).entries()) {
      f.do(...storeLanes(element, results[i], count, emitter.address(operands[index] as Slot)));
    }
  });
}

/** `g + λ·p` */
function decayed(f: FunctionBuilder, g: V128, p: V128, weightDecay: number): V128 {
  return weightDecay === 0 ? g : f.let(f.madd(p, f32x4.const(weightDecay), g));
}

const updates: Readonly<Record<string, UpdateLanes>> = {
  sgd(f, { values: [p, gradient], rates: [lr], attributes }) {
    const { weightDecay } = attributes as { weightDecay: number };
    const g = decayed(f, gradient, p, weightDecay);
    return [f.madd(f32x4.neg(lr), g, p)];
  },

  sgdMomentum(f, { values: [p, v, gradient], rates: [lr], attributes }) {
    const { momentum, nesterov, weightDecay } = attributes as Record<string, number>;
    const g = decayed(f, gradient, p, weightDecay);
    const velocity = f.let(withoutTiny(f, f.madd(v, f32x4.const(momentum), g)));
    const direction = nesterov ? f.madd(velocity, f32x4.const(momentum), g) : velocity;
    return [f.madd(f32x4.neg(lr), direction, p), velocity];
  },

  rmsprop(f, { values: [p, s, gradient], rates: [lr], attributes }) {
    const { decay, epsilon, weightDecay } = attributes as Record<string, number>;
    const g = decayed(f, gradient, p, weightDecay);
    const square = f.let(withoutTiny(f, mixed(f, s, f32x4.mul(g, g), decay)));
    const root = f32x4.add(f32x4.sqrt(square), f32x4.const(epsilon));
    return [f32x4.sub(p, f32x4.div(f32x4.mul(lr, g), root)), square];
  },

  adam(f, { values: [p, m, v, gradient], rates: [lr, c1, c2], attributes }) {
    const { beta1, beta2, epsilon, weightDecay, decoupled } = attributes as Record<string, number>;
    const g = decoupled ? gradient : decayed(f, gradient, p, weightDecay);
    const first = f.let(withoutTiny(f, mixed(f, m, g, beta1)));
    const second = f.let(withoutTiny(f, mixed(f, v, f32x4.mul(g, g), beta2)));
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, c2)), f32x4.const(epsilon));
    const change = f32x4.div(f32x4.mul(f32x4.mul(first, c1), lr), root);
    const kept =
      decoupled && weightDecay !== 0 ? f.madd(f32x4.mul(lr, f32x4.const(-weightDecay)), p, p) : p;
    return [f32x4.sub(kept, change), first, second];
  },
};

export const sgd = updateKernel(updates.sgd);
export const sgdMomentum = updateKernel(updates.sgdMomentum);
export const rmsprop = updateKernel(updates.rmsprop);
export const adam = updateKernel(updates.adam);

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
