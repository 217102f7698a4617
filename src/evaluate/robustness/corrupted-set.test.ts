import { describe, expect, it } from "vitest";
import { Random, ShapeError } from "../../base/index.js";
import { type ImageSet, imageAt, synthetic } from "../../data/index.js";
import { corruptedSet } from "./corrupted-set.js";
import { type Corruption, corruptions } from "./corruptions.js";

const set = synthetic({ count: 40, random: new Random(5) });

function corruptionOf(name: Corruption["name"]): Corruption {
  const found = corruptions.find((corruption) => corruption.name === name);
  if (found === undefined) throw new Error(`no corruption ${name}`);
  return found;
}

function corrupt(name: Corruption["name"], strength: number, images: ImageSet = set): ImageSet {
  return corruptedSet(images, { corruption: corruptionOf(name), strength, random: new Random(1) });
}

/** One image of 5 × 5 with a single bright pixel in the middle. */
const dot: ImageSet = {
  count: 1,
  height: 5,
  width: 5,
  channels: 1,
  images: Uint8Array.from({ length: 25 }, (_, i) => (i === 12 ? 200 : 0)),
  labels: Int32Array.of(0),
  classes: ["dot"],
};

const sum = (values: Uint8Array): number => values.reduce((total, value) => total + value, 0);

function distance(a: ImageSet, b: ImageSet): number {
  return a.images.reduce((total, value, i) => total + Math.abs(value - b.images[i]), 0);
}

describe("corruptedSet", () => {
  it("knows eight corruptions of five strengths", () => {
    expect(corruptions.map(({ name }) => name)).toEqual([
      ...["shift", "rotation", "scale", "thickness", "noise", "blur", "contrast", "occlusion"],
    ]);
    for (const { strengths } of corruptions) expect(new Set(strengths).size).toBe(5);
  });

  it.each(corruptions.map(({ name }) => name))(
    "%s: same seed, same copy; the stronger, the further from the image; labels stay",
    (name) => {
      const { strengths } = corruptionOf(name);
      const copies = strengths.map((strength) => corrupt(name, strength));
      expect(corrupt(name, strengths[2]).images).toEqual(copies[2].images);
      const distances = copies.map((copy) => distance(copy, set));
      expect(distances[0]).toBeGreaterThan(0);
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      expect(copies[4].labels).toEqual(set.labels);
    },
  );

  it("moves by whole pixels to one of four sides", () => {
    for (const px of [1, 2]) {
      const { images } = corrupt("shift", px, dot);
      const place = images.indexOf(200);
      expect([12 - px, 12 + px, 12 - 5 * px, 12 + 5 * px]).toContain(place);
      expect(sum(images)).toBe(200);
    }
  });

  it("turns and sizes about the centre", () => {
    for (const name of ["rotation", "scale"] as const) {
      const { images } = corrupt(name, corruptionOf(name).strengths[0], dot);
      expect(images[12]).toBe(200);
    }
  });

  it("blurs with the variance it states", () => {
    const wide: ImageSet = {
      ...dot,
      height: 31,
      width: 31,
      images: Uint8Array.from({ length: 961 }, (_, i) => (i === 480 ? 255 : 0)),
    };
    const { images } = corrupt("blur", 1, wide);
    const variance =
      images.reduce((total, value, i) => total + value * ((i % 31) - 15) ** 2, 0) / sum(images);
    expect(variance).toBeCloseTo(1, 1);
  });

  it("fades towards the mean of each image", () => {
    const faded = corrupt("contrast", 0.5);
    for (const index of [0, 7]) {
      const [before, after] = [imageAt(set, index), imageAt(faded, index)];
      expect(sum(after) / after.length).toBeCloseTo(sum(before) / before.length, 0);
      expect(Math.max(...after) - Math.min(...after)).toBeLessThanOrEqual(128);
    }
  });

  it("covers a square of background", () => {
    const white: ImageSet = { ...set, images: new Uint8Array(set.images.length).fill(255) };
    const { images } = corrupt("occlusion", 0.29, white);
    const covered = images.filter((value) => value === 0).length;
    expect(covered).toBe(40 * Math.round(0.29 * 28) ** 2);
  });

  it("refuses colours", () => {
    const coloured = { ...dot, width: 1, height: 5, channels: 5 };
    expect(() => corrupt("blur", 1, coloured)).toThrow(
      new ShapeError("corruptedSet: images must be grey, got 5 channels"),
    );
  });
});
