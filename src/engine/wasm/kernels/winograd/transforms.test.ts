import { describe, expect, it } from "vitest";
import { Random } from "../../../../base/index.js";
import { type Matrix, transformsOf } from "./transforms.js";

function product(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, number, k) => sum + number * b[k][j], 0)),
  );
}

const transpose = (a: Matrix): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j]));

/** `left · x · leftᵀ` */
const both = (left: Matrix, x: Matrix): number[][] => product(product(left, x), transpose(left));

const times = (a: Matrix, b: Matrix): number[][] =>
  a.map((row, i) => row.map((number, j) => number * b[i][j]));

function square(random: Random, side: number): number[][] {
  return Array.from({ length: side }, () =>
    Array.from({ length: side }, () => random.between(-1, 1)),
  );
}

/** `y[i, j] = Σ x[i + u, j + v]·f[u, v]` */
function correlation(x: Matrix, f: Matrix): number[][] {
  const side = x.length - f.length + 1;
  return Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (_, j) =>
      f.reduce(
        (sum, row, u) => sum + row.reduce((part, number, v) => part + number * x[i + u][j + v], 0),
        0,
      ),
    ),
  );
}

function expectEqual(got: Matrix, expected: Matrix): void {
  expect(got.length).toBe(expected.length);
  got.flat().forEach((number, i) => {
    expect(number).toBeCloseTo(expected.flat()[i], 11);
  });
}

describe("transformsOf", () => {
  for (const [outputs, taps] of [
    [4, 5],
    [4, 3],
    [2, 3],
    [2, 5],
    [6, 3],
    [3, 5],
    [5, 5],
    [6, 5],
    [7, 5],
    [9, 3],
  ] as const) {
    const { a, aT, b, bT, g, gT, points } = transformsOf(outputs, taps);
    const random = new Random(outputs * taps);
    const [x, f, dy] = [points, taps, outputs].map((side) => square(random, side));

    it(`F(${outputs}, ${taps}) gives the outputs of a filter in two dimensions`, () => {
      expectEqual(both(aT, times(both(bT, x), both(g, f))), correlation(x, f));
    });

    it(`F(${outputs}, ${taps}) gives the gradient of the filter`, () => {
      expectEqual(both(gT, times(both(bT, x), both(a, dy))), correlation(x, dy));
    });

    it(`F(${outputs}, ${taps}) gives the gradient of the inputs`, () => {
      const turned = f.toReversed().map((row) => row.toReversed());
      const around = [...Array(points + taps - 1).keys()].map((i) =>
        [...Array(points + taps - 1).keys()].map((j) => dy[i - taps + 1]?.[j - taps + 1] ?? 0),
      );
      expectEqual(both(b, times(both(g, f), both(a, dy))), correlation(around, turned));
    });

    it(`F(${outputs}, ${taps}) has points in pairs whose rows differ in sign only`, () => {
      for (const matrix of [a, bT, g]) {
        for (let j = points % 2 === 0 ? 1 : 0; j < points - 1; j += 2) {
          expect(matrix[j].map(Math.abs)).toEqual(matrix[j + 1].map(Math.abs));
        }
      }
    });
  }

  it("is the minimal filter of Lavin and Gray but for the signs of two points", () => {
    const { aT, bT, g } = transformsOf(2, 3);
    expect(aT).toEqual([
      [1, 1, 1, 0],
      [0, 1, -1, 1],
    ]);
    expect(g).toEqual([
      [-1, -0, -0],
      [0.5, 0.5, 0.5],
      [0.5, -0.5, 0.5],
      [0, 0, 1],
    ]);
    expect(bT).toEqual([
      [-1, 0, 1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, -1, 0, 1],
    ]);
  });
});
