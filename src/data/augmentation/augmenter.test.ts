import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { imageAt } from "../image-set.js";
import { synthetic } from "../synthetic/synthetic.js";
import { type Augmentation, lightAugmentation } from "./augmentation.js";
import { Augmenter } from "./augmenter.js";

const nothing: Augmentation = {
  rotationDegrees: 0,
  scale: 0,
  shear: 0,
  shiftPx: 0,
  thickness: 0,
  elasticPx: 0,
};
const size = 28 * 28;
const set = synthetic({ count: 50, random: new Random(5) });
const { images } = set;

function augmented(bounds: Augmentation, seed: number, image = 0): Float32Array {
  const target = new Float32Array(size);
  new Augmenter(set, bounds).augment(imageAt(set, image), { target, random: new Random(seed) });
  return target;
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

/** Mean place of the ink, weighted. */
function centreOf(image: ArrayLike<number>): { x: number; y: number } {
  const mass = sumOf(image);
  const mean = (place: (i: number) => number): number =>
    Array.from(image).reduce((sum, value, i) => sum + value * place(i), 0) / mass;
  return { x: mean((i) => i % 28), y: mean((i) => Math.floor(i / 28)) };
}

describe("Augmenter", () => {
  it("changes nothing when every bound is 0", () => {
    expect(augmented(nothing, 1)).toEqual(
      Float32Array.from(images.subarray(0, size), (value) => value / 255),
    );
  });

  it("makes the same bits from the same seed, on every machine", () => {
    const all = new Float32Array(50 * size);
    const augmenter = new Augmenter(set);
    const random = new Random(11);
    for (let i = 0; i < 50; i++) {
      augmenter.augment(imageAt(set, i), { target: all.subarray(i * size), random });
    }
    const digest = createHash("sha256").update(new Uint8Array(all.buffer)).digest("hex");
    expect(digest).toBe("d0a3baf80fe179c0b7ffe9a72017fdd3075bc69c3aa5125b07b3e0aacdba2bc9");
  });

  it("makes another image every time, with values from 0 to 1", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const image = augmented(lightAugmentation, seed);
      expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...image)).toBeLessThanOrEqual(1);
      seen.add(image.join());
    }
    expect(seen.size).toBe(20);
  });

  it("writes only where it is told", () => {
    const target = new Float32Array(3 * size).fill(-1);
    const middle = target.subarray(size);
    new Augmenter(set).augment(imageAt(set, 0), { target: middle, random: new Random(1) });
    expect(target.subarray(0, size).every((value) => value === -1)).toBe(true);
    expect(target.subarray(2 * size).every((value) => value === -1)).toBe(true);
    expect(target.subarray(size, 2 * size).every((value) => value >= 0)).toBe(true);
  });

  it("shifts within its bound, both ways", () => {
    const original = centreOf(images.subarray(0, size));
    const moves = Array.from({ length: 40 }, (_, seed) => {
      const moved = centreOf(augmented({ ...nothing, shiftPx: 2 }, seed));
      return moved.x - original.x;
    });
    expect(Math.min(...moves)).toBeLessThan(-1);
    expect(Math.min(...moves)).toBeGreaterThan(-2.01);
    expect(Math.max(...moves)).toBeGreaterThan(1);
    expect(Math.max(...moves)).toBeLessThan(2.01);
  });

  it("makes strokes thicker and thinner", () => {
    const ink = sumOf(images.subarray(0, size)) / 255;
    const shares = Array.from(
      { length: 40 },
      (_, seed) => sumOf(augmented({ ...nothing, thickness: 0.5 }, seed)) / ink,
    );
    expect(Math.min(...shares)).toBeLessThan(0.85);
    expect(Math.max(...shares)).toBeGreaterThan(1.15);
  });

  it("softens an image without taking ink from it or giving it any", () => {
    const original = images.subarray(0, size);
    const steepest = (image: ArrayLike<number>): number =>
      Math.max(...Array.from({ length: size - 1 }, (_, i) => Math.abs(image[i + 1]! - image[i]!)));
    const softest = Array.from({ length: 20 }, (_, seed) => {
      const soft = augmented({ ...nothing, blur: 1 }, seed);
      expect(sumOf(soft)).toBeCloseTo(sumOf(original) / 255, 3);
      return steepest(soft);
    });
    expect(Math.min(...softest)).toBeLessThan((0.75 * steepest(original)) / 255);
  });

  it("adds noise of the deviation it is told at most, between paper and ink", () => {
    const grey = new Uint8Array(size).fill(128);
    const deviations = Array.from({ length: 40 }, (_, seed) => {
      const target = new Float32Array(size);
      const random = new Random(seed);
      new Augmenter(set, { ...nothing, noise: 0.1 }).augment(grey, { target, random });
      expect(Math.abs(sumOf(target) / size - 128 / 255)).toBeLessThan(0.02);
      return Math.sqrt(sumOf(target.map((value) => (value - 128 / 255) ** 2)) / size);
    });
    expect(Math.max(...deviations)).toBeGreaterThan(0.08);
    expect(Math.max(...deviations)).toBeLessThan(0.105);
    expect(Math.min(...deviations)).toBeLessThan(0.02);
    const dark = augmented({ ...nothing, noise: 0.5 }, 1);
    expect(Math.min(...dark)).toBe(0);
    expect(Math.max(...dark)).toBeLessThanOrEqual(1);
  });

  it("makes an empty image of an empty image", () => {
    const target = new Float32Array(size).fill(-1);
    const random = new Random(1);
    new Augmenter(set, { ...lightAugmentation, blur: 1 }).augment(new Uint8Array(size), {
      target,
      random,
    });
    expect(target.every((value) => value === 0)).toBe(true);
  });

  it("wobbles as much as it is told", () => {
    // A ramp shows where each pixel came from.
    const width = 200;
    const ramp = Uint8Array.from({ length: width * width }, (_, i) => (i % width) + 20);
    const target = new Float64Array(width * width);
    const augmenter = new Augmenter({ height: width, width }, { ...nothing, elasticPx: 1.5 });
    augmenter.augment(ramp, { target, random: new Random(2) });
    let squares = 0;
    let count = 0;
    for (let y = 20; y < width - 20; y++) {
      for (let x = 20; x < width - 20; x++) {
        const moved = target[y * width + x] * 255 - 20 - x;
        squares += moved * moved;
        count += 1;
      }
    }
    expect(Math.sqrt(squares / count)).toBeGreaterThan(1.2);
    expect(Math.sqrt(squares / count)).toBeLessThan(1.8);
  });

  it("turns by up to its bound", () => {
    // A horizontal bar; its slope is the tangent of the angle.
    const bar = new Uint8Array(size);
    bar.fill(255, 14 * 28 + 2, 14 * 28 + 26);
    const slopes = Array.from({ length: 60 }, (_, seed) => {
      const target = new Float32Array(size);
      const augmenter = new Augmenter(set, { ...nothing, rotationDegrees: 20 });
      augmenter.augment(bar, { target, random: new Random(seed) });
      const heightAt = (x: number): number => {
        const column = Array.from({ length: 28 }, (_, y) => target[y * 28 + x]);
        return column.reduce((sum, value, y) => sum + value * y, 0) / sumOf(column);
      };
      return (heightAt(20) - heightAt(7)) / 13;
    });
    expect(Math.max(...slopes.map(Math.abs))).toBeLessThan(Math.tan((20.5 * Math.PI) / 180));
    expect(Math.max(...slopes)).toBeGreaterThan(Math.tan((17 * Math.PI) / 180));
    expect(Math.min(...slopes)).toBeLessThan(-Math.tan((17 * Math.PI) / 180));
  });

  it("deforms images one pixel wide, or one pixel high", () => {
    for (const [height, width] of [[9, 1] as const, [1, 9] as const]) {
      const target = new Float32Array(9);
      const image = new Uint8Array(9).fill(255);
      for (const bounds of [lightAugmentation, { ...lightAugmentation, bendPx: 1.5 }]) {
        const augmenter = new Augmenter({ height, width }, bounds);
        // A shift may take all of so narrow an image out of sight, but not every time.
        let inked = 0;
        for (let seed = 0; seed < 20; seed++) {
          augmenter.augment(image, { target, random: new Random(seed) });
          expect(target.every((value) => value >= 0 && value <= 1)).toBe(true);
          inked += Number(target.some((value) => value > 0));
        }
        expect(inked).toBeGreaterThan(5);
      }
    }
  });
});
