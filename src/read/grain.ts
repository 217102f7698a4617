import type { Plane } from "../data/index.js";
import { quantile } from "./otsu.js";

/** About as many samples are looked at as a square grid of this side has. */
const GRID = 64;
/** Standard deviation of a normal distribution over the first quartile of its absolute deviations. */
const PER_QUARTILE_DEVIATION = 3.1383;
/** Noise, in levels, from which a picture is smoothed. */
const GRAINY = 4;
/** In pictures smaller than this, in pixels, the edges of ink look like grain. */
const LEAST_SIDE = 64;

/**
 * Standard deviation of the pixel noise, from how far pixels are from the mean of their four
 * neighbours, which no even slope of light can raise. The first quartile, so that even a picture
 * with edges in half its pixels shows its noise alone.
 */
export function grainOf({ width, height, data }: Plane): number {
  const stride = strideOf(width, height);
  const histogram = new Float64Array(1024);
  for (let y = 1; y < height - 1; y += stride) {
    for (let x = 1; x < width - 1; x += stride) {
      const at = y * width + x;
      const around = data[at - 1] + data[at + 1] + data[at - width] + data[at + width];
      histogram[Math.min(1023, Math.round(4 * Math.abs(data[at] - around / 4)))] += 1;
    }
  }
  const quartile = quantile(histogram, 0.25) / 4;
  return (PER_QUARTILE_DEVIATION * quartile) / Math.sqrt(1.25);
}

/**
 * From one sample of a picture to the next, in pixels. Narrow pictures are sampled as often as square
 * ones of the same area: a quantile of a few dozen samples would say little.
 */
export function strideOf(width: number, height: number): number {
  return Math.ceil(Math.sqrt(width * height) / GRID);
}

/**
 * A grainy picture smoothed by the weights 1 2 1, 2 4 2, 1 2 1, which leaves three eighths of its
 * noise; any other as it is. Strokes in such pictures are blurred anyway.
 */
export function withoutGrain(plane: Plane): Plane {
  const { width, height, data } = plane;
  if (Math.min(width, height) < LEAST_SIDE || grainOf(plane) < GRAINY) return plane;
  const smooth = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const above = (y > 0 ? y - 1 : y) * width;
    const here = y * width;
    const below = (y + 1 < height ? y + 1 : y) * width;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : x;
      const right = x + 1 < width ? x + 1 : x;
      const sum =
        data[above + left] +
        2 * data[above + x] +
        data[above + right] +
        2 * (data[here + left] + 2 * data[here + x] + data[here + right]) +
        data[below + left] +
        2 * data[below + x] +
        data[below + right];
      smooth[here + x] = sum / 16;
    }
  }
  return { width, height, data: smooth };
}
