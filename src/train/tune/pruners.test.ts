import { describe, expect, it } from "vitest";
import { pruners } from "./pruners.js";

const { median, halving, none } = pruners;

describe("the median rule", () => {
  const others = [[5, 4], [5, 3], [5, 6], [5, 2], [5, 1], [9]];

  it("gives up what at its best is worse than the median of the others by then", () => {
    expect(median([5, 3.1], others)).toBe(true);
    expect(median([5, 3], others)).toBe(false);
    expect(median([2.9, 8], others)).toBe(false);
  });

  it("waits until five others have come as far", () => {
    expect(median([5, 9], others.slice(1))).toBe(false);
  });
});

describe("successive halving", () => {
  const others = [[1], [2], [3], [4], [5]];

  it("lets the best third go on at 1, 3, 9 epochs", () => {
    expect(halving([2.5], others)).toBe(true);
    expect(halving([1.5], others)).toBe(false);
    const longer = [
      [9, 9, 1],
      [9, 9, 2],
    ];
    expect(halving([9, 9, 1.5], longer)).toBe(true);
    expect(halving([9, 9, 0.5], longer)).toBe(false);
  });

  it("leaves the epochs between alone, and the first few trials", () => {
    expect(
      halving(
        [9, 9],
        [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      ),
    ).toBe(false);
    expect(halving([9], [[1]])).toBe(false);
  });
});

it("without a pruner every trial goes on", () => {
  expect(none([9], [[1], [1], [1], [1], [1], [1]])).toBe(false);
});
