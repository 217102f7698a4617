import type { Step } from "../../plan.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { f32, f32x4, type I32, i32, i32x4, type V128, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import type { Kernel } from "./kernel.js";
import { exp, log, log1p, sigmoid } from "./lane-math.js";
import {
  acrossLanes,
  columnsOf,
  forRow,
  greatestOfRow,
  type RowPart,
  rowAddress,
  rowPhase,
  storePart,
  sumRow,
  withinRow,
} from "./rows.js";
import { exponential, exponentials } from "./softmax.js";

// n samples, m numbers (or c classes) each.

/** A sample being worked on: addresses of its rows of predictions and of the second input. */
interface Sample {
  readonly f: FunctionBuilder;
  readonly width: number;
  readonly x: Local<"i32">;
  readonly second: Local<"i32">;
  /** Numbers of the two rows. */
  readonly load: (row: I32, part: RowPart) => V128;
}

/** The second input holds one number a sample (labels), or as many as the first (targets). */
type Second = "labels" | "targets";

function sample(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  step: Step,
  { row, second, width }: { row: Local<"i32">; second: Second; width: number },
): Sample {
  const [x, other] = step.inputs.map((slot) => emitter.address(slot));
  return {
    f,
    width,
    x: rowAddress(f, x, row, width),
    second: rowAddress(f, other, row, second === "labels" ? 1 : width),
    load: (address, { offset }) => v128.load(i32.add(address, offset)),
  };
}

/** A kernel that computes one number, in all lanes, from each sample. */
function perSample(second: Second, loss: (sample: Sample, step: Step) => V128): Kernel {
  return (emitter, step) => {
    const n = step.output.size;
    const width = step.inputs[0].size / n;
    const y = emitter.address(step.output);
    rowPhase(emitter, [n, width], (f, row) => {
      const result = loss(sample(f, emitter, step, { row, second, width }), step);
      f.do(f32.store(i32.shl(row, 2), f32x4.lane(result, 0), y));
    });
  };
}

/** A kernel that computes `dy·gradient`; `prepare` sees the whole row before its parts are asked for. */
function perElement(
  second: Second,
  prepare: (sample: Sample, step: Step) => (part: RowPart) => V128,
): Kernel {
  return (emitter, step) => {
    const n = step.inputs[2].size;
    const width = step.output.size / n;
    const dyBase = emitter.address(step.inputs[2]);
    rowPhase(emitter, [n, width], (f, row) => {
      const gradient = prepare(sample(f, emitter, step, { row, second, width }), step);
      const dy = f.let(f32x4.loadSplat(i32.shl(row, 2), dyBase));
      const dx = rowAddress(f, emitter.address(step.output), row, width);
      forRow(f, width, (part) => {
        const result = f.let(f32x4.mul(dy, gradient(part)));
        f.do(...storePart(dx, part, result));
      });
    });
  };
}

const smoothingOf = ({ attributes }: Step): number => attributes.smoothing as number;

/** `t_j`, the label's class and a share for each */
function labelTargets({ f, second, width }: Sample, step: Step): (part: RowPart) => V128 {
  const label = f.let(f32x4.loadSplat(second));
  const smoothing = smoothingOf(step);
  const hit = f32x4.const(1 - smoothing);
  return (part) => {
    const target = v128.and(i32x4.eq(columnsOf(part), label), hit);
    return smoothing === 0 ? target : f32x4.add(target, f32x4.const(smoothing / width));
  };
}

function softTargets({ f, second, width, load }: Sample, step: Step): (part: RowPart) => V128 {
  const smoothing = smoothingOf(step);
  return (part) => {
    const target = load(second, part);
    if (smoothing === 0) return target;
    return f.madd(target, f32x4.const(1 - smoothing), f32x4.const(smoothing / width));
  };
}

/** `Σ_j t_j·(ln Σ_k e^x_k - x_j)`, the logarithm as `m + ln Σ e^(x - m)` */
function crossEntropy(sample: Sample, targets: (part: RowPart) => V128): V128 {
  const { f, x, width, load } = sample;
  const { greatest, sum } = exponentials(f, x, width);
  const norm = f.let(log(f, sum));
  return sumRow(f, width, (part) => {
    const surprise = f32x4.sub(norm, f32x4.sub(load(x, part), greatest));
    return f32x4.mul(targets(part), surprise);
  });
}

/** `p_j·Σ_k t_k - t_j` */
function crossEntropyGradient(
  { f, x, width }: Sample,
  targets: (part: RowPart) => V128,
  total: V128,
): (part: RowPart) => V128 {
  const { greatest, sum } = exponentials(f, x, width);
  const factor = f.let(f32x4.div(total, sum));
  return (part) => {
    const power = exponential(f, i32.add(x, part.offset), greatest);
    return f32x4.sub(f32x4.mul(power, factor), targets(part));
  };
}

export const softmaxCrossEntropy = perSample("labels", (sample, step) =>
  crossEntropy(sample, labelTargets(sample, step)),
);

export const softmaxCrossEntropyGradient = perElement("labels", (sample, step) =>
  crossEntropyGradient(sample, labelTargets(sample, step), f32x4.const(1)),
);

export const softCrossEntropy = perSample("targets", (sample, step) =>
  crossEntropy(sample, softTargets(sample, step)),
);

export const softCrossEntropyGradient = perElement("targets", (sample, step) => {
  const targets = softTargets(sample, step);
  return crossEntropyGradient(sample, targets, sumRow(sample.f, sample.width, targets));
});

export const meanSquaredError = perSample("targets", ({ f, x, second, width, load }) => {
  const sum = sumRow(f, width, (part) => {
    const error = f.let(f32x4.sub(load(x, part), load(second, part)));
    return f32x4.mul(error, error);
  });
  return f32x4.div(sum, f32x4.const(width));
});

export const meanSquaredErrorGradient = perElement(
  "targets",
  ({ x, second, width, load }) =>
    (part) =>
      f32x4.mul(f32x4.sub(load(x, part), load(second, part)), f32x4.const(2 / width)),
);

export const binaryCrossEntropy = perSample("targets", ({ f, x, second, width, load }) => {
  const sum = sumRow(f, width, (part) => {
    const logit = f.let(load(x, part));
    const linear = f32x4.sub(
      f32x4.max(logit, f32x4.const(0)),
      f32x4.mul(logit, load(second, part)),
    );
    return f32x4.add(linear, log1p(f, exp(f, f32x4.neg(f32x4.abs(logit)))));
  });
  return f32x4.div(sum, f32x4.const(width));
});

export const binaryCrossEntropyGradient = perElement(
  "targets",
  ({ f, x, second, width, load }) =>
    (part) =>
      f32x4.mul(f32x4.sub(sigmoid(f, load(x, part)), load(second, part)), f32x4.const(1 / width)),
);

/** Mean of a vector. */
export const mean: Kernel = (emitter, { inputs: [x], output }) => {
  const from = emitter.address(x);
  emitter.phase(1, x.size, (f) => {
    const sum = sumRow(f, x.size, ({ offset }) => v128.load(offset, from));
    const result = f32x4.div(sum, f32x4.const(x.size));
    f.do(f32.store(emitter.address(output), f32x4.lane(result, 0)));
  });
};

/** Rows whose first greatest logit is at the label. */
export const countCorrect: Kernel = (emitter, { inputs: [logits, labels], output }) => {
  const [n, width] = logits.shape;
  emitter.phase(1, 4 * n * width, (f) => {
    const count = f.let(f32x4.const(0));
    f.for(0, n, 1, (row) => {
      const x = rowAddress(f, emitter.address(logits), row, width);
      const greatest = greatestOfRow(f, width, x);
      const none = i32x4.splat(width);
      const first = f.let(none);
      forRow(f, width, (part) => {
        const wins = f32x4.eq(v128.load(i32.add(x, part.offset)), greatest);
        const columns = v128.select(withinRow(wins, part), columnsOf(part), none);
        f.set(first, i32x4.min(first, columns));
      });
      acrossLanes(f, first, i32x4.min);
      const label = f32x4.loadSplat(i32.shl(row, 2), emitter.address(labels));
      f.set(count, f32x4.add(count, v128.and(i32x4.eq(first, label), f32x4.const(1))));
    });
    f.do(f32.store(emitter.address(output), f32x4.lane(count, 0)));
  });
};
