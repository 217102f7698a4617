import { otsu, quantile } from "./otsu.js";
import type { Plane } from "./plane.js";
import { fitSurface, type Sample, surfaceAt } from "./surface.js";

/** At most this many samples a side are looked at. */
const GRID = 64;
/** The band along the edges that votes for the ground, as a share of the longer side. */
const BORDER = 0.06;
/** Spread in levels that an evenly lit ground may have beyond its noise. */
const EVEN = 3;
/** Two classes are nearer than this many standard deviations only where noise alone was cut. */
const CLASSES_APART = 3;
/** Black and white may be cut off; a fit goes without them if so large a share is left. */
const LEAST_MEASURED = 0.25;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const PER_MEDIAN_DEVIATION = 1.4826;
/** And over the first quartile of absolute deviations. */
const PER_QUARTILE_DEVIATION = 3.1383;

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
 * The ground is the one of the two Otsu classes that holds most of the votes, where the corners,
 * the band along the edges and the inside have equally many: ink rarely fills the edge of its
 * picture, and the corners least of all.
 * If that class spreads no wider than its noise, the ground is its median. If it does, the light
 * is uneven, and a smooth surface is fitted through everything instead. What is darker than
 * its ground is then scaled with it: ink reflects a share of the light that falls on it.
 */
export function takeGroundAway(plane: Plane): Relief {
  const samples = sample(plane);
  const grain = grainOf(plane);
  const [first, last] = groundClass(samples, grain);
  const ground = samples.filter((s) => Math.round(s.level) >= first && Math.round(s.level) <= last);
  const level = quantile(histogramOf(ground));
  const noise = medianDeviation(ground, () => level);
  return noise <= 2 * grain + EVEN ? fromLevel(plane, level, noise) : fromSurface(plane, samples);
}

function fromLevel(plane: Plane, level: number, noise: number): Relief {
  return { plane: { ...plane, data: plane.data.map((value) => value - level) }, noise };
}

function fromSurface(plane: Plane, samples: readonly Sample[]): Relief {
  const { width, height } = plane;
  const measured = samples.filter(({ level }) => level > 0 && level < 255);
  const enough = measured.length >= LEAST_MEASURED * samples.length;
  const surface = fitSurface(enough ? measured : samples);
  const middle = visible(surfaceAt(surface, 0.5, 0.5));
  const data = new Float32Array(plane.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const light = visible(surfaceAt(surface, x / width, y / height));
      const difference = plane.data[at] - light;
      data[at] = difference < 0 ? (difference * middle) / Math.max(light, middle / 2) : difference;
    }
  }
  const noise = medianDeviation(samples, ({ x, y }) => visible(surfaceAt(surface, x, y)));
  return { plane: { width, height, data }, noise };
}

/** What a camera shows of a level: nothing is darker than black or lighter than white. */
function visible(level: number): number {
  return Math.min(255, Math.max(0, level));
}

/** A grid of pixels; those of the corners, of the border and of the inside weigh the same in sum. */
function sample({ width, height, data }: Plane): Sample[] {
  const stride = Math.ceil(Math.max(width, height) / GRID);
  const band = Math.max(1, BORDER * Math.max(width, height));
  const groups: Sample[][] = [[], [], []];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const nearSide = Math.min(x, width - 1 - x) < band;
      const nearEnd = Math.min(y, height - 1 - y) < band;
      const sample = { x: x / width, y: y / height, level: data[y * width + x], weight: 1 };
      groups[Number(nearSide) + Number(nearEnd)].push(sample);
    }
  }
  for (const group of groups) for (const sample of group) sample.weight = 1 / group.length;
  return groups.flat();
}

/** First and last level of the heavier Otsu class; all levels if the classes are but noise. */
function groundClass(samples: readonly Sample[], grain: number): [first: number, last: number] {
  const histogram = histogramOf(samples);
  const { threshold, contrast } = otsu(histogram);
  if (contrast < CLASSES_APART * grain) return [0, 255];
  let lower = 0;
  let upper = 0;
  histogram.forEach((weight, level) => {
    if (level <= threshold) lower += weight;
    else upper += weight;
  });
  return lower > upper ? [0, threshold] : [threshold + 1, 255];
}

function histogramOf(samples: readonly Sample[]): Float64Array {
  const histogram = new Float64Array(256);
  for (const { level, weight } of samples) histogram[Math.round(level)] += weight;
  return histogram;
}

/** Spread of samples around what is expected of them, robust against up to half of them. */
function medianDeviation(samples: readonly Sample[], expected: (s: Sample) => number): number {
  const histogram = new Float64Array(1024);
  for (const s of samples) {
    histogram[Math.min(1023, Math.round(4 * Math.abs(s.level - expected(s))))] += s.weight;
  }
  return (PER_MEDIAN_DEVIATION / 4) * quantile(histogram);
}

/**
 * Standard deviation of the pixel noise, from how far pixels are from the mean of their four
 * neighbours, which no even slope of light can raise. The first quartile, so that even a picture
 * with edges in half its pixels shows its noise alone.
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
  const quartile = quantile(histogram, 0.25) / 4;
  return (PER_QUARTILE_DEVIATION * quartile) / Math.sqrt(1.25);
}
