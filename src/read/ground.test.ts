import { describe, expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { Random } from "../base/index.js";
import type { Plane } from "../data/index.js";
import { takeGroundAway } from "./ground.js";

function plane(width: number, height: number, level: (x: number, y: number) => number): Plane {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    level(i % width, Math.floor(i / width)),
  );
  return { width, height, data };
}

const isRing = (x: number, y: number) => Math.abs(Math.hypot(x - 20, y - 20) - 10) < 2;

describe("takeGroundAway", () => {
  it("leaves ink on an even ground at its distance from it", () => {
    const { plane: relief, noise } = takeGroundAway(
      plane(40, 40, (x, y) => (isRing(x, y) ? 30 : 200)),
    );
    expect(relief.data[20 * 40 + 10]).toBe(-170);
    expect(relief.data[0]).toBe(0);
    expect(noise).toBe(0);
  });

  it("takes the corners for ground even where ink covers most of the picture", () => {
    const { plane: relief } = takeGroundAway(
      grid(`
        ..#####..
        .#######.
        ####.####
        ###...###
        .#######.
        .#######.
        ####.####
        ###...###
        ####.####
        .#######.
        ..#####..`),
    );
    expect(relief.data[0]).toBe(0);
    expect(relief.data[4]).toBe(255);
  });

  it("takes the sides for ground where a bar cropped to its ink fills the rest", () => {
    const bar = grid(`
      ..*-.
      ..+#.
      ..##.
      ..##.
      ..##.
      ..##.
      ..##.
      .-##-
      .###-
      -###.
      -##-.
      .##+.
      .##-.
      .##+.
      .##+.
      .*#-.
      .*#..
      .##-.
      .*#..
      .++..`);
    for (const picture of [bar, { ...bar, data: bar.data.map((level) => 255 - level) }]) {
      const { plane: relief, noise } = takeGroundAway(picture);
      expect(relief.data[0]).toBe(0);
      expect(Math.abs(relief.data[2 * 5 + 2])).toBe(255);
      expect(noise).toBeLessThan(20);
    }
  });

  it("follows light that falls off to one side", () => {
    const light = (x: number, y: number) => 240 - 2 * x - y - 0.02 * x * y;
    const { plane: relief } = takeGroundAway(
      plane(40, 40, (x, y) => light(x, y) * (isRing(x, y) ? 0.4 : 1)),
    );
    for (const at of [0, 39, 40 * 39, 40 * 40 - 1, 40 * 20 + 20]) {
      expect(Math.abs(relief.data[at])).toBeLessThan(4);
    }
    expect(relief.data[20 * 40 + 10]).toBeLessThan(-80);
    // Ink in the shade is as strong as ink in the light.
    expect(relief.data[20 * 40 + 30]).toBeCloseTo(relief.data[20 * 40 + 10], -1);
  });

  it("measures the noise of the paper, not the ink", () => {
    const random = new Random(4);
    const { noise } = takeGroundAway(
      plane(40, 40, (x, y) => (isRing(x, y) ? 30 : 180) + 6 * random.normal()),
    );
    expect(noise).toBeGreaterThan(4);
    expect(noise).toBeLessThan(8);
  });

  it("does not take noise alone for paper and ink", () => {
    const random = new Random(5);
    const { plane: relief, noise } = takeGroundAway(
      plane(60, 60, () => 128 + 10 * random.normal()),
    );
    const mean = relief.data.reduce((a, b) => a + b, 0) / relief.data.length;
    expect(Math.abs(mean)).toBeLessThan(1.5);
    expect(noise).toBeGreaterThan(8);
  });
});
