import type { Picture, Plane } from "../data/index.js";

/** Longest side that later stages work on; a glyph worth reading is larger than 4 % of its sheet. */
const LONGEST_SIDE = 640;

/**
 * Luminance of one pixel, 0 … 255: `0.299·R + 0.587·G + 0.114·B` (ITU-R BT.601) in 256ths, so
 * that a grey pixel keeps its value exactly.
 */
export function luma(red: number, green: number, blue: number): number {
  return (77 * red + 150 * green + 29 * blue) >> 8;
}

/**
 * Luminance of a picture laid on a backdrop, `α·Y + (1 - α)·backdrop`, from 0 to 255.
 *
 * Pictures longer than {@link LONGEST_SIDE} are shrunk by a whole number, each result the mean
 * of a square of pixels: a photograph costs one pass, and its noise falls with the square's side.
 * Of squares of four pixels a side and more, two pixels in both directions stand for all: the pass
 * would take most of the time, and four pixels tell a mean well enough.
 */
export function luminanceOf(picture: Picture, backdrop: number): Plane {
  const { width, height, data } = picture;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST_SIDE));
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const plane = { width: columns, height: rows, data: new Float32Array(columns * rows) };
  const stride = step < 4 ? 1 : Math.ceil(step / 2);
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    const end = Math.min(height, (row + 1) * step);
    for (let y = row * step; y < end; y += stride) {
      for (let column = 0; column < columns; column++) {
        const last = 4 * (y * width + Math.min(width, (column + 1) * step));
        let sum = 0;
        for (let at = 4 * (y * width + column * step); at < last; at += 4 * stride) {
          const level = luma(data[at], data[at + 1], data[at + 2]);
          sum += data[at + 3] * (level - backdrop);
        }
        sums[column] += sum;
      }
    }
    const seenRows = Math.ceil((end - row * step) / stride);
    for (let column = 0; column < columns; column++) {
      const length = Math.min(width, (column + 1) * step) - column * step;
      const seen = seenRows * Math.ceil(length / stride);
      plane.data[row * columns + column] = backdrop + sums[column] / (255 * seen);
    }
  }
  return plane;
}
