import type { Slot, Step } from "../../plan.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { directConvolution, suitsDirect } from "./direct-convolution.js";
import type { Kernel } from "./kernel.js";
import { matmul } from "./matmul.js";
import { patchConvolution, patchFilterGradient, patchInputGradient } from "./patch-convolution.js";
import { type Convolution, convolutionOf } from "./patches.js";
import { winogradConvolution } from "./winograd/convolution.js";
import { filterGroups, winogradFilterGradient } from "./winograd/filter-gradient.js";
import { winogradInputGradient } from "./winograd/input-gradient.js";
import { tilesFor } from "./winograd/tile-choice.js";

/*
 * A convolution and its gradients are computed in one of three ways, chosen by their extents alone:
 * as a plain product of matrices, by minimal filtering, or as a product of patches.
 */

export const conv2d: Kernel = (emitter, step) => {
  const [x, filter] = step.inputs;
  const shape = convolutionOf(x.shape, filter.shape, step.output.shape, step.attributes);
  const m = rowsOfProduct(shape);
  const tiles = tilesFor(shape, () => (emitter.isConstant(filter) ? 0 : 1));
  if (m !== undefined) {
    emitAsProduct(emitter, step, { a: m, b: shape.k, output: m });
  } else if (tiles !== undefined) {
    winogradConvolution(emitter, step, shape, tiles);
  } else if (suitsDirect(shape)) {
    directConvolution(emitter, step, shape);
  } else {
    patchConvolution(emitter, step, shape);
  }
};

export const conv2dInputGradient: Kernel = (emitter, step) => {
  const [dy, filter] = step.inputs;
  const shape = convolutionOf(step.output.shape, filter.shape, dy.shape, step.attributes);
  const m = rowsOfProduct(shape);
  const tiles = tilesFor(shape, () => 1);
  if (m !== undefined) {
    emitAsProduct(emitter, step, { a: m, b: shape.k, output: m }, { transposeB: true });
  } else if (tiles !== undefined) {
    winogradInputGradient(emitter, step, shape, tiles);
  } else {
    patchInputGradient(emitter, step, shape);
  }
};

export const conv2dFilterGradient: Kernel = (emitter, step) => {
  const [x, dy] = step.inputs;
  const shape = convolutionOf(x.shape, step.output.shape, dy.shape, step.attributes);
  const m = rowsOfProduct(shape);
  const tiles = tilesFor(shape, filterGroups);
  if (m !== undefined) {
    emitAsProduct(emitter, step, { a: m, b: m, output: shape.k }, { transposeA: true });
  } else if (tiles !== undefined) {
    winogradFilterGradient(emitter, step, shape, tiles);
  } else {
    patchFilterGradient(emitter, step, shape);
  }
};

/**
 * The number of rows of x if that, seen as a matrix, is its own patches: where the window covers the
 * whole image, or one pixel at a time. Such a convolution is a plain product, as its gradients are.
 */
function rowsOfProduct(shape: Convolution): number | undefined {
  const { n, h, w, kh, kw, positions, strides, padding } = shape;
  if (padding.some((pixels) => pixels > 0)) return undefined;
  if (kh === h && kw === w) return n;
  const everyPixel = kh === 1 && kw === 1 && strides.every((stride) => stride === 1);
  return everyPixel ? n * positions : undefined;
}

/** Computes the output of a step as the product of its inputs, each seen as a matrix of so many rows. */
function emitAsProduct(
  emitter: ProgramEmitter,
  step: Step,
  rows: { readonly a: number; readonly b: number; readonly output: number },
  transposed: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {},
): void {
  const matrix = (slot: Slot, height: number): Slot => {
    return { ...slot, shape: [height, slot.size / height] };
  };
  const [a, b] = step.inputs;
  matmul(emitter, {
    ...step,
    inputs: [matrix(a, rows.a), matrix(b, rows.b)],
    output: matrix(step.output, rows.output),
    attributes: { transposeA: false, transposeB: false, ...transposed },
  });
}
