import { type ImageSet, imageAt } from "../image-set.js";
import { PixelIndex } from "./pixel-index.js";
import { SIGNATURE_LENGTH, signatures } from "./signatures.js";

/** An image, and the one most like it among those it was compared with. */
export interface Leak {
  readonly image: number;
  readonly other: number;
  /** Cosine similarity of both at 16×16 pixels; 1 is the most. */
  readonly similarity: number;
  /**
   * Whether they are less than half as far apart as the image is from the next like it, as copies are. Plain
   * shapes, a bar for a 1, have many like them without being copies.
   */
  readonly standsOut: boolean;
  /** Whether all pixels are the same. */
  readonly isExact: boolean;
}

export interface LeakOptions {
  /** From which similarity on images count as alike, above 0 and below 1. */
  readonly threshold?: number;
  /** Called now and then with the share that is done. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Of the 5,000 digits of `digits-20x20`, which are MNIST's training images made smaller, 4,970 reach it among
 * these, and 4,446 of them stand out. Of MNIST's test images 1,695 reach it, most of them a 1, and none
 * stands out.
 */
export const DEFAULT_LEAK_THRESHOLD = 0.97;

/** Between two reports of progress. */
const REPORT_MS = 100;
/** Numbers of a signature that lie apart from the others, as most comparisons need no more. */
const HEAD = 8;

/**
 * Finds the images of `set` that are also in `among`, or nearly so: for each the one most like it, if its
 * similarity reaches the threshold. Within a set, where `among` is absent, an image is compared with those
 * before it. In the order of the images.
 *
 * Nothing is missed: signatures, of length 1, with a similarity of t or more lie within r = √(2 − 2t) of
 * each other, and so do they in each of their numbers. Both sets are sorted by the number that varies most,
 * only what lies within r there is compared, the numbers that vary most first, until the distance
 * exceeds r. Images without ink are alike to none but each other.
 */
export async function findLeaks(
  set: ImageSet,
  among: ImageSet | undefined,
  options: LeakOptions = {},
): Promise<Leak[]> {
  const { threshold = DEFAULT_LEAK_THRESHOLD, onProgress, signal } = options;
  if (!(threshold > 0 && threshold < 1)) {
    throw new TypeError(`findLeaks: threshold must be above 0 and below 1, got ${threshold}`);
  }
  const index = new PixelIndex(set);
  const otherIndex = among && new PixelIndex(among);
  const own = signatures(set);
  const others = among && signatures(among);
  const order = byVariance(others ?? own);
  const left = sorted(own, order, index.first);
  const right = others && otherIndex ? sorted(others, order, otherIndex.first) : left;
  const reach = Math.sqrt(2 - 2 * threshold);
  const near = new Map<number, Nearest>();
  let low = 0;
  let reported = Date.now();
  for (let a = 0; a < left.images.length; a++) {
    const key = left.heads[a * HEAD];
    while (right.heads[low * HEAD] < key - reach) low++;
    const rows = rowsWithin(reach, { left, a, right, from: among ? low : a + 1 });
    for (const [b, distance] of rows) {
      let [image, other] = [left.images[a], right.images[b]];
      if (!among && image < other) [image, other] = [other, image];
      const known = near.get(image);
      if (known === undefined) near.set(image, { other, distance, next: reach * reach });
      else if (distance < known.distance) {
        near.set(image, { other, distance, next: known.distance });
      } else known.next = Math.min(known.next, distance);
    }
    if (Date.now() - reported < REPORT_MS) continue;
    onProgress?.(a / left.images.length);
    // Lets the rest of the program run, and interrupt this.
    await new Promise<void>((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    reported = Date.now();
  }
  const leaks: Leak[] = [];
  for (let image = 0; image < set.count; image++) {
    const first = index.first[image];
    const same = otherIndex ? otherIndex.find(imageAt(set, image)) : first;
    const alike = near.get(first);
    if (same !== undefined && (among || same < image)) {
      leaks.push({ image, other: same, similarity: 1, standsOut: true, isExact: true });
    } else if (alike !== undefined) {
      const { other, distance, next } = alike;
      // Distances are squared: half as far is a quarter.
      const standsOut = distance <= next / 4;
      leaks.push({ image, other, similarity: 1 - distance / 2, standsOut, isExact: false });
    }
  }
  return leaks;
}

/** The image nearest to another, and how far away, squared, it and the next are. */
interface Nearest {
  readonly other: number;
  readonly distance: number;
  /** Where no other is within reach, the reach. */
  next: number;
}

/** The positions in a signature, those first that vary most. */
function byVariance(data: Float32Array): number[] {
  const sums = new Float64Array(SIGNATURE_LENGTH);
  const squares = new Float64Array(SIGNATURE_LENGTH);
  for (let at = 0; at < data.length; at++) {
    sums[at % SIGNATURE_LENGTH] += data[at];
    squares[at % SIGNATURE_LENGTH] += data[at] * data[at];
  }
  const count = Math.max(1, data.length / SIGNATURE_LENGTH);
  const variances = squares.map((square, k) => square / count - (sums[k] / count) ** 2);
  return Array.from(variances.keys()).sort((a, b) => variances[b] - variances[a]);
}

interface Sorted {
  /** Which image each row is of. */
  readonly images: readonly number[];
  /**
   * The first numbers of the signatures, in rising order of the first, `[images, 8]`.
   */
  readonly heads: Float32Array;
  /** The signatures, in the same order, `[images, 256]`. */
  readonly data: Float32Array;
}

/** One signature of each kind of image that has any ink, its numbers in the order given. */
function sorted(data: Float32Array, order: readonly number[], first: Int32Array): Sorted {
  const hasInk = (image: number): boolean =>
    data.subarray(image * SIGNATURE_LENGTH, (image + 1) * SIGNATURE_LENGTH).some((v) => v !== 0);
  const keyOf = (image: number): number => data[image * SIGNATURE_LENGTH + order[0]];
  const images = Array.from(first.keys())
    .filter((image) => first[image] === image && hasInk(image))
    .sort((a, b) => keyOf(a) - keyOf(b));
  const heads = new Float32Array(images.length * HEAD);
  const result = new Float32Array(images.length * SIGNATURE_LENGTH);
  for (const [row, image] of images.entries()) {
    for (let k = 0; k < SIGNATURE_LENGTH; k++) {
      result[row * SIGNATURE_LENGTH + k] = data[image * SIGNATURE_LENGTH + order[k]];
    }
    heads.set(result.subarray(row * SIGNATURE_LENGTH, row * SIGNATURE_LENGTH + HEAD), row * HEAD);
  }
  return { images, heads, data: result };
}

/** The rows of `right` from `from` on within `reach` of row `a` of `left`, and how far away squared. */
function rowsWithin(
  reach: number,
  { left, a, right, from }: { left: Sorted; a: number; right: Sorted; from: number },
): [row: number, distance: number][] {
  const limit = reach * reach;
  const own = left.data.subarray(a * SIGNATURE_LENGTH, (a + 1) * SIGNATURE_LENGTH);
  const { heads, data } = right;
  const [x0, x1, x2, x3, x4, x5, x6, x7] = own;
  const found: [number, number][] = [];
  const end = heads.length;
  for (let at = from * HEAD; at < end; at += HEAD) {
    const d0 = heads[at] - x0;
    if (d0 > reach) break;
    const d1 = heads[at + 1] - x1;
    const d2 = heads[at + 2] - x2;
    const d3 = heads[at + 3] - x3;
    let sum = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    if (sum > limit) continue;
    const d4 = heads[at + 4] - x4;
    const d5 = heads[at + 5] - x5;
    const d6 = heads[at + 6] - x6;
    const d7 = heads[at + 7] - x7;
    sum += d4 * d4 + d5 * d5 + d6 * d6 + d7 * d7;
    const start = (at / HEAD) * SIGNATURE_LENGTH;
    for (let k = HEAD; k < SIGNATURE_LENGTH && sum <= limit; k++) {
      const difference = data[start + k] - own[k];
      sum += difference * difference;
    }
    if (sum <= limit) found.push([at / HEAD, sum]);
  }
  return found;
}
