import type { Operation } from "../operation.js";
import { expectSameShape, type Shape, sizeOf } from "../shape.js";
import { type Conv2dAttributes, conv2dFilterGradient } from "./conv2d.js";
import { maxPool2dGradient } from "./max-pool2d.js";

export type PooledFilterGradientAttributes = Conv2dAttributes & {
  readonly filterShape: Shape;
  /** Height and width of the windows, which touch. */
  readonly window: readonly [number, number];
};

/**
 * The gradient of a convolution's filter from that of the maxima of its output,
 * `conv2dFilterGradient(x, maxPool2dGradient(dm, y, m))`: of each window only one pixel counts.
 *
 * Shapes: x `[n, h, w, cin]`, dm and m `[n, h', w', cout]`, y the convolution's output (it may have
 * been rectified), result `[kh, kw, cin, cout]`.
 */
export const pooledFilterGradient: Operation<PooledFilterGradientAttributes> = {
  name: "pooledFilterGradient",
  shape([x, dm, y, m], { filterShape, strides, padding }) {
    expectSameShape("pooledFilterGradient", dm, m);
    return conv2dFilterGradient.shape([x, y], { filterShape, strides, padding });
  },
  reference({ inputs: [x, dm, y, m], inputShapes, output, outputShape, attributes }) {
    const [xShape, smallShape, yShape] = inputShapes;
    const dy = new Float64Array(sizeOf(yShape));
    const { window, ...convolution } = attributes;
    maxPool2dGradient.reference({
      inputs: [dm, y, m],
      inputShapes: [smallShape, yShape, smallShape],
      output: dy,
      outputShape: yShape,
      attributes: { size: window, strides: window, padding: [0, 0, 0, 0] },
    });
    conv2dFilterGradient.reference({
      inputs: [x, dy],
      inputShapes: [xShape, yShape],
      output,
      outputShape,
      attributes: convolution,
    });
  },
};
