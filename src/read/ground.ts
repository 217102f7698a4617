import type { Plane } from "../data/index.js";
import { grainOf, strideOf } from "./grain.js";
import { localGround } from "./local-ground.js";
import { otsu, quantile } from "./otsu.js";
import { shrink } from "./shrink.js";
import { fitSurface, type Sample, surfaceAt } from "./surface.js";

/** Longer side at which the band along the edges is looked at. */
const SMALL = 64;
/** The bands along the edges that vote for the ground, as a share of the picture across them. */
const BORDER = 0.06;
/** Spread in levels that an evenly lit ground may have beyond its noise. */
const EVEN = 3;
/** Two classes are nearer than this many standard deviations only where noise alone was cut. */
const CLASSES_APART = 3;
/** Not so near even in noise that uses the whole range evenly: its halves are 128 levels apart. */
const DISTINCT = 128;
/** Black and white may be cut off; a fit goes without them if so large a share is left. */
const LEAST_MEASURED = 0.25;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const PER_MEDIAN_DEVIATION = 1.4826;

/** Levels from 0 that the band along the edges may be at, and the share of it that may be farther. */
const QUIET = 10;
const MOST_AWAY = 0.15;

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
 * If no surface fits either, the ground is looked for around every pixel. But if
 * no surface fits although ink and ground are far apart, the picture is cropped so
 * tightly that soft edges of ink make up much of its ground, which then is the end of its class
 * away from the ink.
 */
export function takeGroundAway(plane: Plane): Relief {
  const samples = sample(plane);
  const { threshold, contrast } = otsu(histogramOf(samples));
  const isDistinct = contrast >= DISTINCT;
  const grain = grainOf(plane);
  const isNoise = contrast < CLASSES_APART * grain;
  const ground = isNoise && !isDistinct ? samples : groundClass(samples, threshold);
  // Few samples may lie nearer to a surface, and by chance to a level, than the grain allows.
  const least = isNoise && !isDistinct ? grain : 0;
  const even = atLeast(least, fromLevel(plane, ground));
  // Where the classes are no noise, so much grain is but the edges of ink in a tiny picture.
  const most = EVEN + (isNoise && isDistinct ? 0 : 2 * grain);
  if (even.noise <= most && (isDistinct || isQuiet(even.plane))) return even;
  const uneven = atLeast(least, fromSurface(plane, samples));
  if (uneven.noise <= most && (isDistinct || isQuiet(uneven.plane))) return uneven;
  if (!isDistinct) return fromLocal(plane, samples, grain);
  const cropped = fromLevel(plane, awayFrom(threshold, ground));
  return cropped.noise < uneven.noise ? cropped : uneven;
}

function atLeast(least: number, { plane, noise }: Relief): Relief {
  return { plane, noise: Math.max(least, noise) };
}

function fromLevel(plane: Plane, ground: readonly Sample[]): Relief {
  const level = medianOf(ground);
  const noise = medianDeviation(ground, () => level);
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

/**
 * Whether nearly all of the band along the edges lies at 0, its grain averaged away: a shadow that
 * covers less than half of a picture escapes every median, but it meets the border.
 */
function isQuiet(relief: Plane): boolean {
  const { width, height, data } = shrink(relief, SMALL);
  const side = Math.ceil(BORDER * Math.min(width, height));
  let band = 0;
  let away = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= side && x < width - side && y >= side && y < height - side;
      if (inside) continue;
      band++;
      if (Math.abs(data[y * width + x]) > QUIET) away++;
    }
  }
  return away <= MOST_AWAY * band;
}

/** Where not even a surface fits: a shadow's edge, stains. */
function fromLocal(plane: Plane, samples: readonly Sample[], grain: number): Relief {
  const { width, height } = plane;
  const ground = localGround(plane).data;
  const middle = medianOf(samples);
  const data = new Float32Array(plane.data.length);
  for (let at = 0; at < data.length; at++) {
    const difference = plane.data[at] - ground[at];
    data[at] =
      difference < 0 ? (difference * middle) / Math.max(ground[at], middle / 4) : difference;
  }
  const relief = { width, height, data };
  // The closing of a noisy ground lies above its mean; the median of what is left tells how far.
  const differences = sample(relief).map((s) => ({ ...s, level: s.level + 256 }));
  const offset = medianLevel(differences) - 256;
  for (let at = 0; at < data.length; at++) data[at] -= offset;
  // The closing follows the grain in part, so that less of it is left than there is.
  const noise = Math.max(
    grain,
    medianDeviation(differences, () => offset + 256),
  );
  return { plane: relief, noise };
}

/** What a camera shows of a level: nothing is darker than black or lighter than white. */
function visible(level: number): number {
  return Math.min(255, Math.max(0, level));
}

/** A grid of pixels; those of the corners, of the border and of the inside weigh the same in sum. */
function sample({ width, height, data }: Plane): Sample[] {
  const stride = strideOf(width, height);
  const side = Math.max(1, BORDER * width);
  const end = Math.max(1, BORDER * height);
  const groups: Sample[][] = [[], [], []];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const nearSide = Math.min(x, width - 1 - x) < side;
      const nearEnd = Math.min(y, height - 1 - y) < end;
      const sample = { x: x / width, y: y / height, level: data[y * width + x], weight: 1 };
      groups[Number(nearSide) + Number(nearEnd)].push(sample);
    }
  }
  for (const group of groups) for (const sample of group) sample.weight = 1 / group.length;
  return groups.flat();
}

/** The samples of the heavier of the two classes. */
function groundClass(samples: readonly Sample[], threshold: number): Sample[] {
  const lower = samples.filter(({ level }) => Math.round(level) <= threshold);
  const upper = samples.filter(({ level }) => Math.round(level) > threshold);
  return weightOf(lower) > weightOf(upper) ? lower : upper;
}

function weightOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { weight }) => sum + weight, 0);
}

/** The half of a class that is further from the threshold to the other. */
function awayFrom(threshold: number, samples: readonly Sample[]): Sample[] {
  const median = medianOf(samples);
  return samples.filter(({ level }) => {
    const rounded = Math.round(level);
    return median <= threshold ? rounded <= median : rounded >= median;
  });
}

function medianOf(samples: readonly Sample[]): number {
  return quantile(histogramOf(samples));
}

/** The same of differences, which may lie below 0: they come raised by 256. */
function medianLevel(samples: readonly Sample[]): number {
  const histogram = new Float64Array(768);
  for (const { level, weight } of samples) histogram[Math.round(level)] += weight;
  return quantile(histogram);
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
