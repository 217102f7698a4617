import type { Step } from "../../plan.js";
import type { ProgramEmitter } from "../program-emitter.js";
import {
  batchNorm,
  batchNormGradient,
  batchNormScaleGradient,
  batchStatistics,
} from "./batch-norm.js";
import * as clipping from "./clip-gradient.js";
import { sumRows } from "./column-sums.js";
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from "./conv2d.js";
import { constant, dropout, elementwise, spread } from "./elementwise.js";
import { gather } from "./gather.js";
import type { Kernel } from "./kernel.js";
import * as losses from "./losses.js";
import { matmul } from "./matmul.js";
import { adam, movingAverage, rmsprop, sgd, sgdMomentum } from "./optimizers.js";
import * as poolGradients from "./pool-gradients.js";
import { pooledFilterGradient } from "./pooled-filter-gradient.js";
import * as pools from "./pools.js";
import { softmax, softmaxGradient } from "./softmax.js";

/** Kernels by the name of their operation; elementwise operations share one. */
const kernels: Readonly<Record<string, Kernel>> = {
  matmul,
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  pooledFilterGradient,
  ...pools,
  ...poolGradients,
  batchStatistics,
  batchNorm,
  batchNormGradient,
  batchNormScaleGradient,
  sumRows,
  gather,
  constant,
  spread,
  dropout,
  softmax,
  softmaxGradient,
  ...losses,
  sgd,
  sgdMomentum,
  rmsprop,
  adam,
  movingAverage,
  ...clipping,
};

/** Adds the phases of a step to the program. */
export function emitStep(emitter: ProgramEmitter, step: Step): void {
  const { operation } = step;
  const kernel = operation.elementwise === undefined ? kernels[operation.name] : elementwise;
  if (kernel === undefined) throw new TypeError(`wasm: no kernel for ${operation.name}`);
  emitter.startStep(step);
  kernel(emitter, step);
}
