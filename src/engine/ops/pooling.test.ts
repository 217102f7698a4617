import { describe, expect, it } from "vitest";
import { pixels, run, values } from "../../../test/run-operation.js";
import {
  averagePool2d,
  averagePool2dGradient,
  globalAveragePool,
  globalAveragePoolGradient,
  maxPool2d,
  maxPool2dGradient,
} from "../index.js";

const halves = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] } as const;
const overlapping = { size: [2, 2], strides: [1, 1], padding: [0, 0, 0, 0] } as const;
const padded = { size: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] } as const;

const image = pixels(`
  1 2 5 0
  4 3 0 0
  7 7 8 9
  7 7 6 8`);

describe("maxPool2d", () => {
  it("takes the greatest number under each window", async () => {
    expect(await run(maxPool2d, halves, image)).toEqual([4, 5, 7, 9]);
  });

  it("leaves out what no whole window covers", async () => {
    expect(await run(maxPool2d, { ...halves, strides: [3, 3] }, image)).toEqual([4]);
  });

  it("never lets padding win, even over negative numbers", async () => {
    const dark = pixels(`
      -5 -2
      -3 -9`);
    expect(await run(maxPool2d, padded, dark)).toEqual([-2]);
  });

  it("looks at each channel for itself", async () => {
    const x = values([1, 2, 2, 2], 1, 80, 2, 70, 3, 60, 4, 50);
    expect(await run(maxPool2d, halves, x)).toEqual([4, 80]);
  });

  it("sends gradient to the first of equals, in reading order", async () => {
    const dy = pixels(`
      1 2
      3 4`);
    const y = pixels(`
      4 5
      7 9`);
    const expected = pixels(`
      0 0 2 0
      1 0 0 0
      3 0 0 4
      0 0 0 0`);
    expect(await run(maxPool2dGradient, halves, dy, image, y)).toEqual(expected.values);
  });

  it("adds up gradients where windows share their winner", async () => {
    const peak = pixels(`
      0 0 0
      0 9 0
      0 0 0`);
    const dx = await run(
      maxPool2dGradient,
      overlapping,
      pixels("1 2\n3 4"),
      peak,
      pixels("9 9\n9 9"),
    );
    expect(dx).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 0]);
  });
});

describe("averagePool2d", () => {
  it("takes the mean under each window", async () => {
    expect(await run(averagePool2d, halves, image)).toEqual([2.5, 1.25, 7, 7.75]);
  });

  it("does not count padding, so that a flat picture stays flat", async () => {
    const flat = pixels("6 6 6 6\n6 6 6 6\n6 6 6 6\n6 6 6 6");
    const y = await run(averagePool2d, padded, flat);
    expect(y).toHaveLength(4);
    for (const mean of y) expect(mean).toBeCloseTo(6, 14);
  });

  it("shares gradient out among the pixels under a window", async () => {
    const attributes = { ...padded, inputShape: [1, 2, 2, 1] };
    expect(await run(averagePool2dGradient, attributes, pixels("8"))).toEqual([2, 2, 2, 2]);
  });
});

describe("globalAveragePool", () => {
  it("takes the mean of each channel of each image", async () => {
    const x = values([2, 1, 2, 2], 1, 10, 3, 30, 5, 50, 7, 70);
    expect(await run(globalAveragePool, {}, x)).toEqual([2, 20, 6, 60]);
  });

  it("shares gradient out among all pixels", async () => {
    const attributes = { inputShape: [1, 2, 2, 2] };
    const dx = await run(globalAveragePoolGradient, attributes, values([1, 2], 4, 8));
    expect(dx).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
  });
});
