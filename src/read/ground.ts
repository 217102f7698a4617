import { medianLevel, otsu } from "./otsu.js";
import type { Plane } from "./plane.js";
import { fitSurface, type Sample, surfaceAt } from "./surface.js";

/** At most this many samples a side are looked at. */
const GRID = 64;
/** The band along the edges that votes for the ground, as a share of the longer side. */
const BORDER = 0.06;
/** Spread in levels that an evenly lit ground may have beyond its noise. */
const EVEN = 3;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const PER_MEDIAN_DEVIATION = 1.4826;

/** A picture with its ground taken away. */
export interface Relief {
  /** Luminance minus ground: about 0 on paper, negative for darker, positive for lighter. */
  readonly plane: Plane;
  /** Standard deviation of the paper around 0, in levels. */
  readonly noise: number;
}

/**
 * Estimates the ground, what the picture would be without ink, and takes it away.
 *
 * The ground is the one of the two Otsu classes that holds most of the votes, where the band
 * along the edges has as many votes as all the rest: ink rarely fills the edge of its picture.
 * If that class spreads no wider than its noise, the ground is its median. If it does, the light
 * is uneven, and a smooth surface is fitted through everything instead. What is darker than
 * its ground is then scaled with it: ink reflects a share of the light that falls on it.
 */
export function takeGroundAway(plane: Plane): Relief {
  const samples = sample(plane);
  const histogram = new Float64Array(256);
  for (const { level, weight } of samples) histogram[Math.round(level)] += weight;
  const [first, last] = groundClass(histogram);
  const level = medianLevel(histogram, first, last);
  const ground = samples.filter((s) => Math.round(s.level) >= first && Math.round(s.level) <= last);
  const spread = medianDeviation(ground, () => level);
  if (spread <= 2 * grainOf(plane) + EVEN) {
    const data = plane.data.map((value) => value - level);
    return { plane: { ...plane, data }, noise: spread };
  }
  const surface = fitSurface(samples);
  const data = new Float32Array(plane.data.length);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const at = y * plane.width + x;
      const light = Math.max(1, surfaceAt(surface, x / plane.width, y / plane.height));
      const difference = plane.data[at] - light;
      data[at] = difference < 0 ? (difference / light) * level : difference;
    }
  }
  const noise = medianDeviation(samples, ({ x, y }) => surfaceAt(surface, x, y));
  return { plane: { ...plane, data }, noise };
}

/** A grid of pixels, those of the border weighing as much as all the others. */
function sample({ width, height, data }: Plane): Sample[] {
  const stride = Math.ceil(Math.max(width, height) / GRID);
  const band = Math.max(1, BORDER * Math.max(width, height));
  const border: Sample[] = [];
  const inside: Sample[] = [];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const level = data[y * width + x];
      const fromEdge = Math.min(x, y, width - 1 - x, height - 1 - y);
      const group = fromEdge < band ? border : inside;
      group.push({ x: x / width, y: y / height, level, weight: 1 });
    }
  }
  const weight = inside.length / Math.max(1, border.length);
  return [...border.map((s) => ({ ...s, weight: Math.max(1, weight) })), ...inside];
}

/** First and last level of the heavier Otsu class. */
function groundClass(histogram: Float64Array): [first: number, last: number] {
  const { threshold } = otsu(histogram);
  let lower = 0;
  let upper = 0;
  histogram.forEach((weight, level) => {
    if (level <= threshold) lower += weight;
    else upper += weight;
  });
  return lower > upper ? [0, threshold] : [threshold + 1, 255];
}

/** Spread of samples around what is expected of them, robust against up to half of them. */
function medianDeviation(samples: readonly Sample[], expected: (s: Sample) => number): number {
  const histogram = new Float64Array(1024);
  for (const s of samples) {
    histogram[Math.min(1023, Math.round(4 * Math.abs(s.level - expected(s))))] += s.weight;
  }
  return (PER_MEDIAN_DEVIATION / 4) * medianLevel(histogram, 0, 1023);
}

/**
 * Standard deviation of the pixel noise: the median deviation of a pixel from the mean of its
 * four neighbours, which no even slope of light can raise, and no drawing that has room around it.
 */
function grainOf({ width, height, data }: Plane): number {
  const stride = Math.ceil(Math.max(width, height) / GRID);
  const histogram = new Float64Array(1024);
  for (let y = 1; y < height - 1; y += stride) {
    for (let x = 1; x < width - 1; x += stride) {
      const at = y * width + x;
      const around = data[at - 1] + data[at + 1] + data[at - width] + data[at + width];
      histogram[Math.min(1023, Math.round(4 * Math.abs(data[at] - around / 4)))] += 1;
    }
  }
  const median = histogram.some((count) => count > 0) ? medianLevel(histogram, 0, 1023) / 4 : 0;
  return (PER_MEDIAN_DEVIATION * median) / Math.sqrt(1.25);
}
