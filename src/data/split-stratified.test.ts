import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { countsPerClass, type ImageSet } from "./image-set.js";
import { splitStratified } from "./split-stratified.js";

/** Images of one pixel that tells their position. */
function setOf(labels: readonly number[]): ImageSet {
  return {
    count: labels.length,
    height: 1,
    width: 1,
    channels: 1,
    images: Uint8Array.from(labels, (_, i) => i),
    labels: Int32Array.from(labels),
    classes: ["a", "b", "c"],
  };
}

describe("splitStratified", () => {
  it("holds back the share of every class, and loses and doubles nothing", () => {
    const labels = fc.array(fc.nat({ max: 2 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        labels,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (list, share, seed) => {
          const set = setOf(list);
          const { train, held } = splitStratified(set, { share, random: new Random(seed) });
          expect(countsPerClass(held)).toEqual(
            countsPerClass(set).map((count) => Math.round(share * count)),
          );
          const positions = [...train.images, ...held.images].sort((a, b) => a - b);
          expect(positions).toEqual([...set.images]);
          expect([...held.images].every((at, i) => set.labels[at] === held.labels[i])).toBe(true);
        },
      ),
    );
  });

  it("keeps the order of the set and depends on nothing but the seed", () => {
    const set = setOf(Array.from({ length: 60 }, (_, i) => i % 3));
    const split = (seed: number) => {
      const { held } = splitStratified(set, { share: 0.25, random: new Random(seed) });
      return [...held.images];
    };
    expect(split(1)).toEqual([...split(1)].sort((a, b) => a - b));
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  it("holds back whole groups, near the share, each class near its own", () => {
    const random = new Random(5);
    const labels = Array.from({ length: 600 }, () => random.integer(3));
    const groups = labels.map((_, i) => Math.floor(i / 12));
    const set = { ...setOf(labels), images: new Uint8Array(600) };
    const { held, train } = splitStratified(
      { ...set, images: Uint8Array.from(groups) },
      { share: 0.2, random, groups },
    );
    const heldGroups = new Set(held.images);
    expect([...train.images].some((group) => heldGroups.has(group))).toBe(false);
    expect(held.count + train.count).toBe(600);
    expect(held.count / 600).toBeCloseTo(0.2, 1);
    const [of, all] = [countsPerClass(held), countsPerClass(set)];
    for (const label of [0, 1, 2]) {
      expect(of[label]! / all[label]!).toBeGreaterThan(0.16);
      expect(of[label]! / all[label]!).toBeLessThan(0.24);
    }
  });

  it("does not copy a set of which nothing is held back", () => {
    const set = setOf([0, 1, 2]);
    const { train, held } = splitStratified(set, { share: 0, random: new Random(1) });
    expect(train).toBe(set);
    expect(held).toMatchObject({ count: 0, classes: set.classes });
  });

  it("wants a share from 0 to 1", () => {
    expect(() => splitStratified(setOf([0]), { share: 1.5, random: new Random(1) })).toThrow(
      new TypeError("splitStratified: share must be from 0 to 1, got 1.5"),
    );
  });
});
