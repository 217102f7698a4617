import { ShapeError } from "../../base/index.js";
import type { Graph, Node } from "../graph.js";
import type { Operation } from "../operation.js";
import { expectRank, expectShape, formatShape, type Shape } from "../shape.js";
import { type Padding, slide, type Window, windowOutput } from "../window.js";
import { maxPool2dGradient } from "./max-pool2d.js";
import { pooledFilterGradient } from "./pooled-filter-gradient.js";

// n images, h rows, w columns, cin and cout channels, [kh, kw] the window.

export type Conv2dAttributes = {
  /** Step between windows in pixels, down and to the right. */
  readonly strides: readonly [number, number];
  /** Zeros imagined around the image: top, left, bottom, right, in pixels. */
  readonly padding: Padding;
};

/**
 * Convolution of images (cross-correlation, as the field calls it),
 * `y[q, o] = Σ_t Σ_i x[p, i]·f[t, i, o]` where pixel p lies under tap t of window q.
 *
 * Shapes: x `[n, h, w, cin]`, filter `[kh, kw, cin, cout]`, y `[n, h', w', cout]` with
 * `h' = ⌊(h + top + bottom - kh) / stride⌋ + 1`, w' alike. Pixels outside the image count as 0.
 *
 * The sum is one of products `x·f`. So each pair of x and y that a filter number connects passes
 * gradient the same way back, and all three loops of this file are one loop, written three times.
 */
export const conv2d: Operation<Conv2dAttributes> = {
  name: "conv2d",
  takesEpilogue: true,
  shape: ([x, filter], attributes) => outputShapeOf("conv2d", x, filter, attributes),
  // Less padding at the bottom and the right leaves out the last windows, and no other.
  cropped([, h, w], { strides, padding: [top, left, bottom, right] }, extent) {
    const [below, beside] = [
      bottom - (h - extent[0]) * strides[0],
      right - (w - extent[1]) * strides[1],
    ];
    return below < 0 || beside < 0 ? undefined : { strides, padding: [top, left, below, beside] };
  },
  gradient(graph, node, dy) {
    const [x, filter] = node.inputs;
    const { attributes } = node;
    return [
      graph.apply(conv2dInputGradient, [dy, filter], { ...attributes, inputShape: x.shape }),
      filterGradient(graph, [x, dy], { ...attributes, filterShape: filter.shape }),
    ];
  },
  reference({ inputs: [x, f], inputShapes: [xShape, filterShape], output: y, ...call }) {
    const [, , cin, cout] = filterShape;
    y.fill(0);
    slide(xShape, call.outputShape, windowOf(filterShape, call.attributes), (p, q, t) => {
      for (let i = 0; i < cin; i++) {
        for (let o = 0; o < cout; o++) {
          y[q * cout + o] += x[p * cin + i] * f[(t * cin + i) * cout + o];
        }
      }
    });
  },
};

/** Vectors of four numbers under a window up to which the sums over pooled pixels fit the registers. */
const FEW_VECTORS = 12;

/**
 * The gradient of the filter; where dy is that of maxima of windows that touch, and the filter looks
 * at few numbers at once, from the maxima alone.
 */
function filterGradient(
  graph: Graph,
  [x, dy]: readonly [Node, Node],
  attributes: Conv2dAttributes & { readonly filterShape: Shape },
): Node {
  const [kh, kw, cin] = attributes.filterShape;
  const { size, strides, padding } = dy.attributes as Window;
  const pooled =
    dy.operation?.name === maxPool2dGradient.name &&
    size.every((extent, axis) => extent === strides[axis]) &&
    padding.every((pixels) => pixels === 0);
  if (!pooled || kh * Math.ceil((kw * cin) / 4) > FEW_VECTORS) {
    return graph.apply(conv2dFilterGradient, [x, dy], attributes);
  }
  const [dm, y, m] = dy.inputs;
  return graph.apply(pooledFilterGradient, [x, dm, y, m], { ...attributes, window: size });
}

/** `dx[p, i] = Σ dy[q, o]·f[t, i, o]` over all windows q that cover p, at their tap t. */
export const conv2dInputGradient: Operation<Conv2dAttributes & { readonly inputShape: Shape }> = {
  name: "conv2dInputGradient",
  takesEpilogue: true,
  shape([dy, filter], { inputShape, ...attributes }) {
    const expected = outputShapeOf("conv2dInputGradient", inputShape, filter, attributes);
    expectShape("conv2dInputGradient", "dy", dy, expected);
    return inputShape;
  },
  reference({ inputs: [dy, f], inputShapes: [dyShape, filterShape], output: dx, ...call }) {
    const [, , cin, cout] = filterShape;
    dx.fill(0);
    slide(call.outputShape, dyShape, windowOf(filterShape, call.attributes), (p, q, t) => {
      for (let i = 0; i < cin; i++) {
        for (let o = 0; o < cout; o++) {
          dx[p * cin + i] += dy[q * cout + o] * f[(t * cin + i) * cout + o];
        }
      }
    });
  },
};

/** `df[t, i, o] = Σ x[p, i]·dy[q, o]` over all windows q, with p the pixel under their tap t. */
export const conv2dFilterGradient: Operation<Conv2dAttributes & { readonly filterShape: Shape }> = {
  name: "conv2dFilterGradient",
  shape([x, dy], { filterShape, ...attributes }) {
    const expected = outputShapeOf("conv2dFilterGradient", x, filterShape, attributes);
    expectShape("conv2dFilterGradient", "dy", dy, expected);
    return filterShape;
  },
  reference({ inputs: [x, dy], inputShapes: [xShape, dyShape], output: df, ...call }) {
    const [, , cin, cout] = call.outputShape;
    df.fill(0);
    slide(xShape, dyShape, windowOf(call.outputShape, call.attributes), (p, q, t) => {
      for (let i = 0; i < cin; i++) {
        for (let o = 0; o < cout; o++) {
          df[(t * cin + i) * cout + o] += x[p * cin + i] * dy[q * cout + o];
        }
      }
    });
  },
};

function windowOf(filter: Shape, { strides, padding }: Conv2dAttributes): Window {
  return { size: [filter[0], filter[1]], strides, padding };
}

function outputShapeOf(
  where: string,
  x: Shape,
  filter: Shape,
  attributes: Conv2dAttributes,
): Shape {
  expectRank(where, filter, 4);
  const [h, w] = windowOutput(where, x, windowOf(filter, attributes));
  if (x[3] !== filter[2]) {
    throw new ShapeError(
      `${where}: filter ${formatShape(filter)} must have as many input channels as ${formatShape(x)}`,
    );
  }
  return [x[0], h, w, filter[3]];
}
