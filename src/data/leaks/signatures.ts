import { type ImageSet, imageAt } from "../image-set.js";
import { resample } from "../resample.js";

/** Side to which images are brought before they are compared; a power of two. */
const SIDE = 16;
/** Numbers of a signature. */
export const SIGNATURE_LENGTH = SIDE * SIDE;

/**
 * What an image looks like regardless of its size and contrast, as a vector of length 1: the mean of its
 * channels, brought to 16×16 by area, transformed by Haar's wavelets, which keep every distance and
 * put what differs at large into few numbers.
 *
 * The cosine similarity of two images at 16×16 is the dot product of their signatures. An image
 * without ink has only zeros.
 *
 * @returns `[n, 256]`
 */
export function signatures(set: ImageSet): Float32Array {
  const { count, height, width, channels } = set;
  const result = new Float32Array(count * SIGNATURE_LENGTH);
  const plane = { width, height, data: new Float32Array(height * width) };
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const columns = { start: 0, size: width / SIDE, count: SIDE };
  const rows = { start: 0, size: height / SIDE, count: SIDE };
  for (let i = 0; i < count; i++) {
    const pixels = imageAt(set, i);
    for (let p = 0; p < plane.data.length; p++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += pixels[p * channels + channel];
      plane.data[p] = sum;
    }
    const { data } = resample(plane, whole, columns, rows);
    haar(data);
    const length = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) continue;
    for (let k = 0; k < SIGNATURE_LENGTH; k++) result[i * SIGNATURE_LENGTH + k] = data[k] / length;
  }
  return result;
}

/** Haar's transform in two dimensions, in place: sums and differences of neighbours, then of the sums. */
function haar(data: Float32Array): void {
  const line = new Float32Array(SIDE);
  for (let size = SIDE; size > 1; size /= 2) {
    for (const [step, next] of [
      [1, SIDE],
      [SIDE, 1],
    ]) {
      for (let row = 0; row < size; row++) {
        for (let i = 0; i < size / 2; i++) {
          const a = data[row * next + 2 * i * step];
          const b = data[row * next + (2 * i + 1) * step];
          line[i] = (a + b) * Math.SQRT1_2;
          line[size / 2 + i] = (a - b) * Math.SQRT1_2;
        }
        for (let i = 0; i < size; i++) data[row * next + i * step] = line[i];
      }
    }
  }
}
