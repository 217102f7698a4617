import { ShapeError } from "../base/index.js";

/** Extent of each axis, outermost first. Images are `[n, h, w, c]`. */
export type Shape = readonly number[];

/** `f32`: a real number (float64 in the reference backend); `i32`: an index or a seed; `u8`: a byte of a picture. */
export type DType = "f32" | "i32" | "u8";

/** Number of elements, the product of the extents; 1 for `[]`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** `[n, 28, 28]`, as shapes are written in errors. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** Extent of the innermost axis: the channels of an image, the columns of a matrix. */
export function lastAxis(shape: Shape): number {
  return shape[shape.length - 1] ?? 1;
}

/** Fails unless the shapes are equal. */
export function expectSameShape(where: string, a: Shape, b: Shape): void {
  if (sameShape(a, b)) return;
  throw new ShapeError(
    `${where}: shapes must be equal, got ${formatShape(a)} and ${formatShape(b)}`,
  );
}

/** Fails unless `shape` has `rank` axes. */
export function expectRank(where: string, shape: Shape, rank: number): void {
  if (shape.length === rank) return;
  throw new ShapeError(`${where}: input must have ${rank} axes, got ${formatShape(shape)}`);
}

/** Fails unless `shape`, that of the input called `what`, is `expected`. */
export function expectShape(where: string, what: string, shape: Shape, expected: Shape): void {
  if (sameShape(shape, expected)) return;
  throw new ShapeError(
    `${where}: ${what} must be ${formatShape(expected)}, got ${formatShape(shape)}`,
  );
}
