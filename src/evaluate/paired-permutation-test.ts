import { ShapeError } from "../base/index.js";

/** Pairs at most: 2^20 ways to swap them are counted one by one. */
const MAX_PAIRS = 20;

/**
 * How surprising the difference of two paired series would be if the two in a pair were alike: the
 * share of all ways to swap within pairs that make a sum of differences as far from 0 as the one there is
 * (Fisher 1935; exact, two-sided). With n pairs it is never below 2 / 2ⁿ.
 *
 * @param a - one figure a seed, at most 20
 * @param b - those of the other, seed by seed
 * @returns p, from 0 to 1
 */
export function pairedPermutationTest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || a.length < 1 || a.length > MAX_PAIRS) {
    throw new ShapeError(
      `pairedPermutationTest: needs 1 to ${MAX_PAIRS} pairs, got ${a.length} and ${b.length} figures`,
    );
  }
  const differences = a.map((value, i) => value - b[i]);
  const sum = (signs: number): number =>
    Math.abs(differences.reduce((sum, d, i) => sum + ((signs >> i) & 1 ? -d : d), 0));
  // Sums of the same figures in another order differ by rounding: those count as equal.
  const observed = sum(0) * (1 - 1e-9);
  const ways = 1 << differences.length;
  let asFar = 0;
  for (let signs = 0; signs < ways; signs++) if (sum(signs) >= observed) asFar++;
  return asFar / ways;
}
