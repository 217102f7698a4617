import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { type ImageSet, imageAt } from "../image-set.js";
import { resample } from "../resample.js";
import { subset } from "../sample-set.js";
import { synthetic } from "../synthetic/synthetic.js";
import { findLeaks } from "./find-leaks.js";
import { leakSheet } from "./leak-sheet.js";

const digits = (count: number, seed: number): ImageSet =>
  synthetic({ count, random: new Random(seed) });

/** Images brought to another size, as a set shrunk by others would be. */
function resized(set: ImageSet, side: number): ImageSet {
  const images = new Uint8Array(set.count * side * side);
  const cells = { start: 0, size: set.width / side, count: side };
  const box = { left: 0, top: 0, right: set.width, bottom: set.height };
  for (let i = 0; i < set.count; i++) {
    const { width, height } = set;
    const plane = { width, height, data: Float32Array.from(imageAt(set, i)) };
    images.set(resample(plane, box, cells, cells).data.map(Math.round), i * side * side);
  }
  return { ...set, height: side, width: side, images };
}

/** Cosine similarity at 16×16, worked out the plain way. */
function similarityOf(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
function at16(set: ImageSet, i: number): Float32Array {
  const cells = { start: 0, size: set.width / 16, count: 16 };
  const box = { left: 0, top: 0, right: set.width, bottom: set.height };
  const plane = { width: set.width, height: set.height, data: Float32Array.from(imageAt(set, i)) };
  return resample(plane, box, cells, cells).data;
}

describe("findLeaks", () => {
  it("finds exactly what comparing all with all finds", async () => {
    const [set, among] = [digits(60, 1), digits(150, 2)];
    const threshold = 0.9;
    const leaks = await findLeaks(set, among, { threshold });
    const expected: [number, number][] = [];
    for (let i = 0; i < set.count; i++) {
      const all = Array.from({ length: among.count }, (_, j) =>
        similarityOf(at16(set, i), at16(among, j)),
      );
      const best = Math.max(...all);
      if (best >= threshold) expected.push([i, all.indexOf(best)]);
    }
    expect(expected.length).toBeGreaterThan(10);
    expect(leaks.map(({ image, other }) => [image, other])).toEqual(expected);
    for (const { image, other, similarity } of leaks) {
      expect(similarity).toBeCloseTo(similarityOf(at16(set, image), at16(among, other)), 5);
    }
  });

  it("finds exact copies, and copies of another size and contrast", async () => {
    const train = digits(300, 3);
    const chosen = [250, 7, 133];
    const exact = subset(train, chosen);
    expect(await findLeaks(exact, train)).toEqual(
      chosen.map((other, image) => ({
        image,
        other,
        similarity: 1,
        standsOut: true,
        isExact: true,
      })),
    );
    const shrunk = resized(exact, 20);
    const faint = { ...shrunk, images: shrunk.images.map((pixel) => pixel >> 1) };
    for (const set of [shrunk, faint]) {
      const leaks = await findLeaks(set, train);
      expect(leaks.map(({ other }) => other)).toEqual(chosen);
      expect(leaks.every(({ standsOut, isExact }) => standsOut && !isExact)).toBe(true);
      expect(leaks.every(({ similarity }) => similarity > 0.98 && similarity < 1)).toBe(true);
    }
  });

  it("compares images of one set with those before them", async () => {
    const set = subset(digits(40, 4), [0, 1, 2, 1, 3, 1, 0]);
    const leaks = await findLeaks(set, undefined, { threshold: 0.999 });
    expect(leaks.map(({ image, other }) => [image, other])).toEqual([
      [3, 1],
      [5, 1],
      [6, 0],
    ]);
  });

  it("takes images without ink for copies of each other and of nothing else", async () => {
    const set = digits(4, 5);
    const blank = { ...set, images: new Uint8Array(set.images.length) };
    expect(await findLeaks(blank, set)).toEqual([]);
    expect((await findLeaks(blank, undefined)).map(({ other }) => other)).toEqual([0, 0, 0]);
    expect(await findLeaks(subset(set, []), set)).toEqual([]);
  });

  it("does not say that plain shapes, of which there are many alike, are copies", async () => {
    // Bars that lean a little more each time: every one has two neighbours like it.
    const bars = (count: number, shift: number): ImageSet => {
      const images = new Uint8Array(count * 400);
      for (let i = 0; i < count; i++) {
        for (let y = 2; y < 18; y++) {
          const x = 10 + ((i + shift) * (y - 10)) / 300;
          const left = Math.floor(x);
          images[i * 400 + y * 20 + left] = Math.round(255 * (1 - (x - left)));
          images[i * 400 + y * 20 + left + 1] = Math.round(255 * (x - left));
        }
      }
      const labels = new Int32Array(count);
      return { count, height: 20, width: 20, channels: 1, images, labels, classes: ["1"] };
    };
    const leaks = await findLeaks(bars(50, 0.5), bars(51, 0));
    expect(leaks.length).toBe(50);
    expect(leaks.filter(({ standsOut }) => standsOut)).toEqual([]);
  });

  it("wants a threshold between 0 and 1", async () => {
    await expect(findLeaks(digits(1, 1), undefined, { threshold: 1 })).rejects.toThrow(
      new TypeError("findLeaks: threshold must be above 0 and below 1, got 1"),
    );
  });

  it("stops when told to", async () => {
    const set = digits(1500, 6);
    const controller = new AbortController();
    const shares: number[] = [];
    const search = findLeaks(set, set, {
      threshold: 0.5,
      signal: controller.signal,
      onProgress: (share) => {
        shares.push(share);
        controller.abort();
      },
    });
    await expect(search).rejects.toThrow("aborted");
    expect(shares[0]).toBeGreaterThanOrEqual(0);
    expect(shares).toHaveLength(1);
  });
});

describe("leakSheet", () => {
  it("shows each image beside the one it is like, copies first, the least alike before others", () => {
    const set: ImageSet = {
      count: 2,
      height: 1,
      width: 1,
      channels: 1,
      images: Uint8Array.of(1, 2),
      labels: Int32Array.of(0, 0),
      classes: ["a"],
    };
    const leak = (image: number, other: number, similarity: number, standsOut = true) => ({
      ...{ image, other, similarity, standsOut },
      isExact: false,
    });
    const leaks = [leak(1, 0, 0.9, false), leak(0, 1, 0.99), leak(1, 1, 0.98)];
    const { width, height, pixels } = leakSheet([{ set, among: set, leaks }], { columns: 2 });
    expect([width, height]).toEqual([2 * 12 + 8, 2 * 3 + 16]);
    const row = [...pixels.subarray(8 * width, 9 * width)]
      .map((v) => (v === 48 ? "." : v))
      .join("");
    expect(row).toBe("........2..2........1..2........");
    expect([...pixels].filter((v) => v !== 48)).toEqual([2, 2, 1, 2, 2, 1]);
  });

  it("is an empty sheet where nothing was found", () => {
    const set = digits(1, 1);
    expect(leakSheet([{ set, among: set, leaks: [] }]).pixels.every((v) => v === 48)).toBe(true);
  });
});
