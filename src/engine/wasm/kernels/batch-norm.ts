import type { Slot } from "../../plan.js";
import { lastAxis } from "../../shape.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type I32, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { columnSumPhases } from "./column-sums.js";
import type { Kernel } from "./kernel.js";
import { mapPhase } from "./rectangle.js";

// c channels; m numbers per channel. statistics [2, c]: means, then variances.

/** `1 / √(σ² + ε)` of four channels. */
function inverseDeviation(
  emitter: ProgramEmitter,
  statistics: Slot,
  epsilon: number,
): (column: I32) => V128 {
  const variances = emitter.address(statistics) + 4 * lastAxis(statistics.shape);
  return (column) => {
    const variance = f32x4.add(v128.load(column, variances), f32x4.const(epsilon));
    return f32x4.div(f32x4.const(1), f32x4.sqrt(variance));
  };
}

/** Adds a phase that computes tables of one number a channel. Returns their addresses. */
function tablePhase(
  emitter: ProgramEmitter,
  channels: number,
  columns: readonly ((f: FunctionBuilder, column: I32) => V128)[],
): number[] {
  const addresses = columns.map(() => emitter.sharedScratch(channels));
  emitter.phase(1, channels, (f) => {
    f.for(0, 4 * channels, 16, (column) => {
      f.do(...columns.map((compute, i) => v128.store(column, compute(f, column), addresses[i])));
    });
  });
  return addresses;
}

/** Means, then the mean squares of what is left. */
export const batchStatistics: Kernel = (emitter, { inputs: [x], output }) => {
  const channels = lastAxis(x.shape);
  const m = x.size / channels;
  const [from, means] = [emitter.address(x), emitter.address(output)];
  const finish = (_f: FunctionBuilder, sum: V128): V128 => f32x4.div(sum, f32x4.const(m));
  columnSumPhases(emitter, {
    like: x,
    finish,
    to: means,
    term: (_f, { element }) => v128.load(element, from),
  });
  columnSumPhases(emitter, {
    like: x,
    finish,
    to: means + 4 * channels,
    term(f, { element, column }) {
      const deviation = f.let(f32x4.sub(v128.load(element, from), v128.load(column, means)));
      return f32x4.mul(deviation, deviation);
    },
  });
};

/** `y = (x - μ)·(γ / √(σ² + ε)) + β` */
export const batchNorm: Kernel = (emitter, step) => {
  const [x, gamma, beta, statistics] = step.inputs;
  const at = (slot: Slot): number => emitter.address(slot);
  const inverse = inverseDeviation(emitter, statistics, step.attributes.epsilon as number);
  const [scales] = tablePhase(emitter, gamma.size, [
    (_f, column) => f32x4.mul(v128.load(column, at(gamma)), inverse(column)),
  ]);
  mapPhase(emitter, step, true, (f, { element, column }) => {
    const centred = f32x4.sub(v128.load(element, at(x)), v128.load(column, at(statistics)));
    return f.madd(centred, v128.load(column, scales), v128.load(column, at(beta)));
  });
};

/** `dx = γ/√(σ² + ε)·(dy - dβ/m - (x - μ)·dγ/(m·√(σ² + ε)))`; frozen, without what is subtracted. */
export const batchNormGradient: Kernel = (emitter, step) => {
  const [dy, x, gamma, statistics, dgamma, dbeta] = step.inputs;
  const at = (slot: Slot): number => emitter.address(slot);
  const m = f32x4.const(x.size / gamma.size);
  const inverse = inverseDeviation(emitter, statistics, step.attributes.epsilon as number);
  const [scales, slopes, shifts] = tablePhase(emitter, gamma.size, [
    (_f, column) => f32x4.mul(v128.load(column, at(gamma)), inverse(column)),
    (_f, column) => f32x4.div(f32x4.mul(v128.load(column, at(dgamma)), inverse(column)), m),
    (_f, column) => f32x4.div(v128.load(column, at(dbeta)), m),
  ]);
  mapPhase(emitter, step, true, (f, { element, column }) => {
    const scale = v128.load(column, scales);
    const gradient = v128.load(element, at(dy));
    if (step.attributes.frozen) return f32x4.mul(scale, gradient);
    const centred = f32x4.sub(v128.load(column, at(statistics)), v128.load(element, at(x)));
    const direct = f32x4.sub(gradient, v128.load(column, shifts));
    return f32x4.mul(scale, f.madd(centred, v128.load(column, slopes), direct));
  });
};

/** `dγ = Σ dy·(x - μ) / √(σ² + ε)` */
export const batchNormScaleGradient: Kernel = (emitter, { inputs, output, attributes }) => {
  const [dy, x, statistics] = inputs;
  const inverse = inverseDeviation(emitter, statistics, attributes.epsilon as number);
  columnSumPhases(emitter, {
    like: x,
    term(_f, { element, column }) {
      const mean = v128.load(column, emitter.address(statistics));
      const centred = f32x4.sub(v128.load(element, emitter.address(x)), mean);
      return f32x4.mul(v128.load(element, emitter.address(dy)), centred);
    },
    finish: (_f, sum, column) => f32x4.mul(sum, inverse(column)),
    to: emitter.address(output),
  });
};
