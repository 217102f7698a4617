import type { Attributes } from "../../operation.js";
import type { Epilogue, Slot } from "../../plan.js";
import type { FunctionBuilder, FunctionReference } from "../assembler/function-builder.js";
import { f32x4, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import type { Kernel } from "./kernel.js";
import { flatPhase, storeLanes } from "./rectangle.js";

// p parameter, g gradient, v velocity or second moment, m first moment, lr learning rate.

/** Moments nearer to 0 than this are made 0: what follows from them would be denormal, and slow. */
const TINY = 1e-30;

function withoutTiny(f: FunctionBuilder, x: V128, constant: Constants): V128 {
  const value = f.let(x);
  // What is no number stays none.
  return v128.andNot(value, f32x4.lt(f32x4.abs(value), constant(TINY)));
}

/** The same of numbers that are not below 0. */
function squareWithoutTiny(f: FunctionBuilder, x: V128, constant: Constants): V128 {
  const value = f.let(x);
  return v128.andNot(value, f32x4.lt(value, constant(TINY)));
}

/** Gives constants, each loaded once in a function: V8 would make them anew at every use. */
type Constants = (value: number) => V128;

function constantsIn(f: FunctionBuilder): Constants {
  const known = new Map<number, V128>();
  return (value) => {
    const found = known.get(value) ?? f.let(f32x4.const(value));
    known.set(value, found);
    return found;
  };
}

interface Update {
  /** Values of the inputs, the rates excepted. */
  readonly values: readonly V128[];
  /** What {@link ratesOf} gives. */
  readonly rates: readonly V128[];
  readonly attributes: Attributes;
  readonly constant: Constants;
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
      const update = { values, rates, attributes, constant: constantsIn(f) };
      const results = compute(f, update).map((result) => f.let(result));
      return (operation.updates ?? []).map((index, i) =>
        v128.store(element, results[i], emitter.address(inputs[index])),
      );
    });
  };
}

/** Learning rate, the same times the first correction, second correction. */
function ratesOf(emitter: ProgramEmitter, rates: Slot): V128[] {
  const at = (word: number): V128 => f32x4.loadSplat(emitter.address(rates), 4 * word);
  return [at(0), f32x4.mul(at(0), at(1)), at(2)];
}

/** The function `(element, gradient)` that updates up to 32 neighbours from byte `element` on. */
export function updateLine(
  emitter: ProgramEmitter,
  update: Epilogue,
  columns: number,
): FunctionReference {
  const { operation, attributes, operands } = update;
  const compute = updates[operation.name];
  const rateSlot = operands.at(-1) as Slot;
  return emitter.module.shared(`update ${keyOf(update, columns)}`, 2, (f) => {
    const [element, gradient] = f.arguments;
    const rates = ratesOf(emitter, rateSlot).map((rate) => f.let(rate));
    const constant = constantsIn(f);
    for (let column = 0; column < columns; column += 4) {
      const at = 4 * column;
      const values = operands.slice(0, -1).map((slot) => {
        if (slot === undefined) return f.let(v128.load(gradient, at));
        return f.let(v128.load(element, emitter.address(slot) + at));
      });
      const given = { values, rates, attributes, constant };
      const results = compute(f, given).map((result) => f.let(result));
      const count = Math.min(4, columns - column);
      for (const [i, index] of (operation.updates ?? []).entries()) {
        const address = emitter.address(operands[index] as Slot);
        f.do(...storeLanes(element, results[i], count, address + at));
      }
    }
  });
}

/**
 * The same where the gradient is 0 unless the sums started at NaN: if nothing moves, all that is left
 * is to let means of squares decay.
 */
export function updateResting(
  emitter: ProgramEmitter,
  update: Epilogue,
  columns: number,
): FunctionReference {
  const { operation, attributes, operands } = update;
  const rest = restOf(operation.name, attributes as Record<string, number>);
  const whole = updateLine(emitter, update, columns);
  if (rest === undefined) return whole;
  return emitter.module.shared(`rest ${keyOf(update, columns)}`, 2, (f) => {
    const [element, gradient] = f.arguments;
    const vectors = Array.from({ length: Math.ceil(columns / 4) }, (_, v) => 16 * v);
    const address = (index: number): number => emitter.address(operands[index] as Slot);
    const moved = f.let(v128.load(gradient));
    for (const at of vectors) {
      f.set(moved, v128.or(moved, v128.load(gradient, at)));
      for (const index of rest.still) {
        f.set(moved, v128.or(moved, v128.load(element, address(index) + at)));
      }
    }
    f.if(v128.any(moved), () => {
      f.call(whole, element, gradient);
      f.return();
    });
    const constant = constantsIn(f);
    for (const [index, share] of rest.decaying) {
      for (const [v, at] of vectors.entries()) {
        const old = v128.load(element, address(index) + at);
        const value = f.let(
          squareWithoutTiny(f, f.madd(old, constant(share), constant(0)), constant),
        );
        f.do(...storeLanes(element, value, Math.min(4, columns - 4 * v), address(index) + at));
      }
    }
  });
}

/** Arrays that must be 0 for a gradient of 0 to change no weight, and what decays even then. */
interface Rest {
  readonly still: readonly number[];
  readonly decaying: readonly (readonly [index: number, share: number])[];
}

function restOf(name: string, attributes: Readonly<Record<string, number>>): Rest | undefined {
  const { weightDecay, epsilon = 1, decay, beta2 } = attributes;
  if (weightDecay !== 0 || Math.fround(epsilon) === 0) return undefined;
  switch (name) {
    case "sgd":
      return { still: [], decaying: [] };
    case "sgdMomentum":
      return { still: [1], decaying: [] };
    case "rmsprop":
      return { still: [], decaying: [[1, decay]] };
    case "adam":
      return { still: [1], decaying: [[2, beta2]] };
    default:
      return undefined;
  }
}

function keyOf({ operation, attributes, operands }: Epilogue, columns: number): string {
  const offsets = operands.map((slot) => slot?.offset);
  return JSON.stringify([operation.name, attributes, offsets, columns]);
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

  sgdMomentum(f, { values: [p, v, gradient], rates: [lr], attributes, constant }) {
    const { momentum, nesterov, weightDecay } = attributes as Record<string, number>;
    const g = decayed(f, gradient, p, weightDecay);
    const velocity = f.let(withoutTiny(f, f.madd(v, constant(momentum), g), constant));
    const direction = nesterov ? f.madd(velocity, constant(momentum), g) : velocity;
    return [f.madd(f32x4.neg(lr), direction, p), velocity];
  },

  rmsprop(f, { values: [p, s, gradient], rates: [lr], attributes, constant }) {
    const { decay, epsilon, weightDecay } = attributes as Record<string, number>;
    const g = decayed(f, gradient, p, weightDecay);
    const square = f.let(
      squareWithoutTiny(f, mixed(f, [s, f32x4.mul(g, g)], decay, constant), constant),
    );
    const root = f32x4.add(f32x4.sqrt(square), constant(epsilon));
    return [f32x4.sub(p, f32x4.div(f32x4.mul(lr, g), root)), square];
  },

  adam(f, { values: [p, m, v, gradient], rates: [lr, corrected, c2], attributes, constant }) {
    const { beta1, beta2, epsilon, weightDecay, decoupled } = attributes as Record<string, number>;
    const g = decoupled ? gradient : decayed(f, gradient, p, weightDecay);
    const first = f.let(withoutTiny(f, mixed(f, [m, g], beta1, constant), constant));
    const square = mixed(f, [v, f32x4.mul(g, g)], beta2, constant);
    const second = f.let(squareWithoutTiny(f, square, constant));
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, c2)), constant(epsilon));
    const change = f32x4.div(f32x4.mul(first, corrected), root);
    const kept =
      decoupled && weightDecay !== 0 ? f.madd(f32x4.mul(lr, constant(-weightDecay)), p, p) : p;
    return [f32x4.sub(kept, change), first, second];
  },
};

export const sgd = updateKernel(updates.sgd);
export const sgdMomentum = updateKernel(updates.sgdMomentum);
export const rmsprop = updateKernel(updates.rmsprop);
export const adam = updateKernel(updates.adam);

/** `share·old + (1 - share)·added` */
function mixed(
  f: FunctionBuilder,
  [old, added]: readonly [V128, V128],
  share: number,
  constant: Constants,
): V128 {
  return f.madd(old, constant(share), f32x4.mul(added, constant(1 - share)));
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
