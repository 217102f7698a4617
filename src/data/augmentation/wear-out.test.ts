import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { imageAt } from "../image-set.js";
import { synthetic } from "../synthetic/synthetic.js";
import { strongAugmentation } from "./augmentation.js";
import { Augmenter } from "./augmenter.js";
import type { Wear } from "./wear.js";
import { WearOut } from "./wear-out.js";

const none: Wear = {
  share: 1,
  fading: 0,
  hardness: 1,
  softness: 0,
  coarseness: 1,
  dryness: 0,
  shadow: 0,
  texture: 0,
  noise: 0,
  remnants: 0,
  blocking: 0,
};
const size = 28 * 28;
const set = synthetic({ count: 60, random: new Random(3) });
const clean = Float64Array.from(imageAt(set, 0), (byte) => byte / 255);

function worn(wear: Partial<Wear>, seed: number, image = clean): Float64Array {
  const pixels = image.slice();
  new WearOut(set, { ...none, ...wear }).wear(pixels, new Random(seed));
  return pixels;
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const greatest = (pixels: Float64Array) => pixels.reduce((most, value) => Math.max(most, value), 0);
const difference = (pixels: Float64Array, from = clean) =>
  pixels.reduce((sum, value, i) => sum + Math.abs(value - from[i]!), 0) / size;

describe("WearOut", () => {
  it("changes nothing when every bound is none", () => {
    for (const seed of seeds) expect(difference(worn({}, seed))).toBeLessThan(1e-12);
  });

  it("changes nothing when its share is 0", () => {
    const all = { ...strongAugmentation.wear, share: 0 };
    for (const seed of seeds) expect(worn(all, seed)).toEqual(clean);
  });

  it.each([
    "coarseness",
    "hardness",
    "dryness",
    "remnants",
    "fading",
    "shadow",
    "texture",
    "noise",
    "blocking",
  ] as const)("leaves values from 0 to 1 after %s, which does change the image", (kind) => {
    const bound = strongAugmentation.wear![kind];
    const changes = seeds.map((seed) => {
      const pixels = worn({ [kind]: bound }, seed);
      expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
      expect(greatest(pixels)).toBeLessThanOrEqual(1);
      return difference(pixels);
    });
    expect(Math.max(...changes)).toBeGreaterThan(0.005);
  });

  it("leaves ink the strength that fading says, at least", () => {
    const strengths = seeds.map((seed) => greatest(worn({ fading: 0.8 }, seed)) / greatest(clean));
    expect(Math.min(...strengths)).toBeGreaterThan(0.2 - 1e-9);
    expect(Math.min(...strengths)).toBeLessThan(0.45);
    expect(Math.max(...strengths)).toBeGreaterThan(0.85);
  });

  it("draws remnants near the border alone", () => {
    const blank = new Float64Array(size);
    const inked = seeds.map((seed) => {
      const pixels = worn({ remnants: 1 }, seed, blank);
      for (let y = 8; y < 20; y++) {
        for (let x = 8; x < 20; x++) expect(pixels[y * 28 + x]).toBe(0);
      }
      return greatest(pixels);
    });
    expect(inked.filter((most) => most > 0.2).length).toBeGreaterThan(30);
  });

  it("makes the same bits from the same seed, on every machine", () => {
    const all = new Float32Array(60 * size);
    const augmenter = new Augmenter(set, strongAugmentation);
    const random = new Random(11);
    for (let i = 0; i < 60; i++) {
      augmenter.augment(imageAt(set, i), { target: all.subarray(i * size), random });
    }
    const digest = createHash("sha256").update(new Uint8Array(all.buffer)).digest("hex");
    expect(digest).toBe("3319904ef13f26aa0540d19baf0f60fdca84e8af1593e011eaed031fa6da5018");
  });
});
