/*
 * Minimal filtering after Winograd (Winograd 1980; for convolutional networks Lavin & Gray 2016,
 * https://arxiv.org/abs/1509.09308): m neighbouring outputs of a filter of r numbers from n = m + r - 1
 * products instead of m·r, written F(m, r).
 *
 * Where the matrices come from. The polynomial product s = y·g of degrees m - 1 and r - 1 is known by
 * its values at n places: the points a_0 … a_{n-2}, and "at infinity", the leading coefficient
 * (Toom 1963, Cook 1966). So s = C·((A·y) ⊙ (G·g)), where A and G evaluate, row j by the powers of a_j
 * and the last row by the leading coefficient, and C interpolates. Interpolation after Lagrange:
 * with M(x) = Π_l (x - a_l) and M_j = M / (x - a_j),
 *
 *   s(x) = Σ_j s(a_j)·M_j(x) / M_j(a_j) + s(∞)·M(x),
 *
 * so that column j of C holds the coefficients of M_j, and the last column those of M; the factors
 * 1 / M_j(a_j) go into G. The output of a filter is the transpose of that product in y: x ↦ Aᵀ·((G·g)
 * ⊙ (Cᵀ·x)). With B = C, in two dimensions, U = G·g·Gᵀ and V = Bᵀ·x·B,
 *
 *   y = Aᵀ·(U ⊙ V)·A;    and for the gradient of g, likewise linear,    dg = Gᵀ·(V ⊙ (A·dy·Aᵀ))·G.
 *
 * Points in pairs ±a make the rows of a pair differ in sign only, which halves the work.
 *
 * How much is lost to rounding. Each of the three transforms rounds in proportion to the length of its
 * row, so that the error of a sum over the points, one-dimensional, grows like √(Σ_j |A_j|²·|G_j|²·|B_j|²),
 * the same for outputs and both gradients; in two dimensions like the product of both.
 */

/** A matrix, row by row. */
export type Matrix = readonly (readonly number[])[];

/** The matrices of F(m, r). */
export interface Transforms {
  /** m, outputs along a side of a tile. */
  readonly outputs: number;
  /** r, taps along a side of the filter. */
  readonly taps: number;
  /** n, points along a side. */
  readonly points: number;
  /** A, `[n, m]`: output gradients to points. */
  readonly a: Matrix;
  /** Aᵀ, `[m, n]`: points to outputs. */
  readonly aT: Matrix;
  /** Bᵀ, `[n, n]`: inputs to points. */
  readonly bT: Matrix;
  /** G, `[n, r]`: filter to points. */
  readonly g: Matrix;
  /** B, `[n, n]`: points to input gradients. */
  readonly b: Matrix;
  /** Gᵀ, `[r, n]`: points to filter gradients. */
  readonly gT: Matrix;
  /** By how much more the result is rounded than a number is. */
  readonly growth: number;
}

/** The matrices down a tile and across it. */
export interface TileTransforms {
  readonly down: Transforms;
  readonly across: Transforms;
}

/**
 * The positive points by n. Where n is even 0 is one too. Of all such sets those with the least growth,
 * near enough: rounded to few binary digits, so that the polynomials are exact and pairs are pairs.
 */
const POINTS: Readonly<Record<number, readonly number[]>> = {
  4: [1],
  6: [1, 2],
  7: [9 / 32, 27 / 32, 7 / 4],
  8: [1, 2, 1 / 2],
  9: [1 / 4, 11 / 16, 9 / 8, 9 / 4],
  10: [7 / 16, 13 / 16, 5 / 4, 19 / 8],
  11: [3 / 16, 9 / 16, 29 / 32, 11 / 8, 21 / 8],
};

/** The greatest n there are points for. */
export const MAX_POINTS = 11;

/** The matrices of F(m, r), for `m + r - 1` among {@link POINTS}. */
export function transformsOf(outputs: number, taps: number): Transforms {
  const points = outputs + taps - 1;
  const zero = points % 2 === 0 ? [0] : [];
  const places = [...zero, ...POINTS[points].flatMap((place) => [place, -place])];
  const without = (skipped: number): number[] =>
    polynomial(places.filter((_, index) => index !== skipped));
  const a = evaluation(places, outputs);
  const g = evaluation(places, taps).map((row, j) => {
    const scale = j < places.length ? valueAt(without(j), places[j]) : 1;
    return row.map((number) => number / scale);
  });
  const bT = [...places.map((_, j) => [...without(j), 0]), polynomial(places)];
  const terms = bT.map((row, j) => squares(a[j]) * squares(g[j]) * squares(row));
  const growth = Math.sqrt(terms.reduce((sum, term) => sum + term, 0));
  const [aT, b, gT] = [a, bT, g].map(transposed);
  return { outputs, taps, points, a, aT, bT, b, g, gT, growth };
}

function squares(row: readonly number[]): number {
  return row.reduce((sum, number) => sum + number * number, 0);
}

/** Evaluates a polynomial of `length` coefficients at each place, and at infinity. */
function evaluation(places: readonly number[], length: number): number[][] {
  const powers = (place: number): number[] => Array.from({ length }, (_, k) => place ** k);
  const leading = Array.from({ length }, (_, k) => (k === length - 1 ? 1 : 0));
  return [...places.map(powers), leading];
}

/** Coefficients of `Π (x - root)`, the constant one first. */
function polynomial(roots: readonly number[]): number[] {
  let coefficients = [1];
  for (const root of roots) {
    const shifted = [0, ...coefficients];
    coefficients = shifted.map((above, k) => above - root * (coefficients[k] ?? 0));
  }
  return coefficients;
}

function valueAt(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

function transposed(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column]));
}
