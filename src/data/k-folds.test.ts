import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random, ShapeError } from "../base/index.js";
import { kFolds } from "./k-folds.js";

const labelLists = fc.array(fc.nat({ max: 4 }), { minLength: 6, maxLength: 120 });
const seeds = fc.nat();

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

describe("kFolds", () => {
  it("holds out every image exactly once, and trains on the others", () => {
    fc.assert(
      fc.property(labelLists, fc.integer({ min: 2, max: 6 }), seeds, (labels, folds, seed) => {
        const parts = kFolds(labels, { folds, random: new Random(seed) });
        expect(parts).toHaveLength(folds);
        const everyone = labels.map((_, i) => i);
        expect(parts.flatMap(({ held }) => held).sort((a, b) => a - b)).toEqual(everyone);
        for (const { train, held } of parts) {
          expect([...train, ...held].sort((a, b) => a - b)).toEqual(everyone);
          expect(held).toEqual([...held].sort((a, b) => a - b));
        }
      }),
    );
  });

  it("gives every fold as many of a class as the others, and as many in all, but for one", () => {
    fc.assert(
      fc.property(labelLists, fc.integer({ min: 2, max: 6 }), seeds, (labels, folds, seed) => {
        const parts = kFolds(labels, { folds, random: new Random(seed) });
        expect(spread(parts.map(({ held }) => held.length))).toBeLessThanOrEqual(1);
        for (let label = 0; label <= 4; label++) {
          const counts = parts.map(({ held }) => held.filter((i) => labels[i] === label).length);
          expect(spread(counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("depends on nothing but the seed", () => {
    const labels = Array.from({ length: 50 }, (_, i) => i % 5);
    const folds = (seed: number) => kFolds(labels, { folds: 5, random: new Random(seed) });
    expect(folds(1)).toEqual(folds(1));
    expect(folds(1)).not.toEqual(folds(2));
  });

  it("never tears a group apart", () => {
    const images = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 9 })), { minLength: 40 });
    fc.assert(
      fc.property(images, seeds, (list, seed) => {
        const labels = list.map(([label]) => label);
        const groups = list.map(([, group]) => group);
        fc.pre(new Set(groups).size >= 3);
        const parts = kFolds(labels, { folds: 3, random: new Random(seed), groups });
        const foldsOf = new Map<number, Set<number>>();
        for (const [fold, { held }] of parts.entries()) {
          for (const i of held) {
            foldsOf.set(groups[i]!, (foldsOf.get(groups[i]!) ?? new Set()).add(fold));
          }
        }
        expect([...foldsOf.values()].every((folds) => folds.size === 1)).toBe(true);
        expect(parts.flatMap(({ held }) => held)).toHaveLength(list.length);
      }),
    );
  });

  it("keeps the class proportions of unequal writers", () => {
    // 60 writers of 5 to 64 images, each with a liking for two of ten classes.
    const random = new Random(3);
    const labels: number[] = [];
    const groups: number[] = [];
    for (let writer = 0; writer < 60; writer++) {
      for (let i = 0; i < 5 + writer; i++) {
        labels.push(
          random.uniform() < 0.5 ? random.integer(10) : (writer + random.integer(2)) % 10,
        );
        groups.push(writer);
      }
    }
    const parts = kFolds(labels, { folds: 5, random, groups });
    for (const { held } of parts) {
      expect(held.length / labels.length).toBeCloseTo(0.2, 1);
      for (let label = 0; label < 10; label++) {
        const of = (indices: readonly number[]) =>
          indices.filter((i) => labels[i] === label).length;
        const share = of(held) / labels.filter((other) => other === label).length;
        expect(share).toBeGreaterThan(0.13);
        expect(share).toBeLessThan(0.27);
      }
    }
  });

  it("fills every fold where there are as many groups as folds", () => {
    const parts = kFolds([0, 0, 0, 1, 1, 1], {
      folds: 3,
      random: new Random(1),
      groups: [7, 7, 8, 8, 9, 9],
    });
    expect(parts.map(({ held }) => held.length)).toEqual([2, 2, 2]);
  });

  it.each([1, 2.5, 4, Number.NaN])(
    "wants from 2 folds to as many as there are images, not %s",
    (folds) => {
      expect(() => kFolds([0, 1, 0], { folds, random: new Random(1) })).toThrow(
        new TypeError(
          `kFolds: folds must be an integer from 2 to the number of images, 3, got ${folds}`,
        ),
      );
    },
  );

  it("wants no more folds than groups, and a group for every image", () => {
    const random = new Random(1);
    expect(() => kFolds([0, 1, 0], { folds: 3, random, groups: [5, 5, 6] })).toThrow(
      new TypeError("kFolds: folds must be an integer from 2 to the number of groups, 2, got 3"),
    );
    expect(() => kFolds([0, 1, 0], { folds: 2, random, groups: [5, 6] })).toThrow(
      new ShapeError("kFolds: groups must have the shape [3], got [2]"),
    );
  });
});
