import { ShapeError } from "../base/index.js";
import { expectRank, formatShape, type Shape } from "./shape.js";

// n images, h rows, w columns, c channels; a window of size [h, w] slides over each image.

/** How a window slides over an image; all in pixels. */
export type Window = {
  /** Height and width of the window. */
  readonly size: readonly [number, number];
  /** Step between windows, down and to the right. */
  readonly strides: readonly [number, number];
  /** Pixels imagined around the image: top, left, bottom, right. */
  readonly padding: Padding;
};

/** Top, left, bottom, right, in pixels. */
export type Padding = readonly [number, number, number, number];

/**
 * Height and width of the result of sliding a window: `⌊(in + padding - size) / stride⌋ + 1`.
 *
 * Throws a `ShapeError` that begins with `where:` unless the window fits at least once.
 */
export function windowOutput(where: string, input: Shape, window: Window): [number, number] {
  const { size, strides, padding } = window;
  expectRank(where, input, 4);
  if (![...size, ...strides].every((extent) => Number.isInteger(extent) && extent >= 1)) {
    throw new ShapeError(
      `${where}: size and strides must be integers from 1, got ${formatShape(size)} and ${formatShape(strides)}`,
    );
  }
  if (!padding.every((extent) => Number.isInteger(extent) && extent >= 0)) {
    throw new ShapeError(`${where}: padding must be integers from 0, got ${formatShape(padding)}`);
  }
  const [top, left, bottom, right] = padding;
  const height = Math.floor((input[1] + top + bottom - size[0]) / strides[0]) + 1;
  const width = Math.floor((input[2] + left + right - size[1]) / strides[1]) + 1;
  if (height < 1 || width < 1) {
    throw new ShapeError(
      `${where}: kernel ${formatShape(size)} does not fit input ${formatShape(input.slice(1, 3))}; use padding: "same"`,
    );
  }
  return [height, width];
}

/**
 * Padding that makes the output `⌈in / stride⌉` pixels high and wide; an odd pixel goes to the
 * bottom and the right (the rule of TensorFlow's `SAME`).
 */
export function samePadding(
  input: readonly [number, number],
  size: readonly [number, number],
  strides: readonly [number, number],
): Padding {
  const total = (axis: 0 | 1): number => {
    const output = Math.ceil(input[axis] / strides[axis]);
    return Math.max(0, (output - 1) * strides[axis] + size[axis] - input[axis]);
  };
  const [vertical, horizontal] = [total(0), total(1)];
  const [top, left] = [Math.floor(vertical / 2), Math.floor(horizontal / 2)];
  return [top, left, vertical - top, horizontal - left];
}

/**
 * What happens where a window covers a pixel. All four are counts of pixels.
 *
 * @param input - the covered pixel, counted through all images `[n, h, w]`
 * @param output - the window, counted the same way through the result
 * @param tap - place of the pixel within the window, in reading order
 * @param covered - how many real pixels the window covers in all
 */
export type Visit = (input: number, output: number, tap: number, covered: number) => void;

/**
 * Visits every pair of a window and a real pixel under it: window by window, each window in reading
 * order. Padding is never visited.
 */
export function slide(inputShape: Shape, outputShape: Shape, window: Window, visit: Visit): void {
  const { size, strides, padding } = window;
  const [n, h, w] = inputShape;
  const [, outputH, outputW] = outputShape;
  for (let image = 0; image < n; image++) {
    for (let oy = 0; oy < outputH; oy++) {
      const y0 = oy * strides[0] - padding[0];
      const [fromY, toY] = [Math.max(0, -y0), Math.min(size[0], h - y0)];
      for (let ox = 0; ox < outputW; ox++) {
        const x0 = ox * strides[1] - padding[1];
        const [fromX, toX] = [Math.max(0, -x0), Math.min(size[1], w - x0)];
        const covered = (toY - fromY) * (toX - fromX);
        const output = (image * outputH + oy) * outputW + ox;
        for (let ty = fromY; ty < toY; ty++) {
          for (let tx = fromX; tx < toX; tx++) {
            const input = (image * h + y0 + ty) * w + x0 + tx;
            visit(input, output, ty * size[1] + tx, covered);
          }
        }
      }
    }
  }
}

/** Height and width of the part of images that windows look at, as far as it begins at the top left. */
export function looksAt([input]: readonly Shape[], window: Window): [number, number] {
  const output = windowOutput("looksAt", input, window);
  const { size, strides, padding } = window;
  const reach = (axis: 0 | 1): number =>
    Math.min(input[1 + axis], (output[axis] - 1) * strides[axis] + size[axis] - padding[axis]);
  return [reach(0), reach(1)];
}

/** Shape of a pooled image. Every window must cover a real pixel, or it would have no value. */
export function poolOutput(where: string, input: Shape, window: Window): Shape {
  const [h, w] = windowOutput(where, input, window);
  const { size, padding } = window;
  if (padding.some((extent, side) => extent >= size[side % 2])) {
    throw new ShapeError(
      `${where}: padding must be smaller than the window ${formatShape(size)}, got ${formatShape(padding)}`,
    );
  }
  return [input[0], h, w, input[3]];
}
