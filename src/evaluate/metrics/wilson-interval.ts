/** Standard normal quantile that leaves 2.5 % on either side. */
export const Z95 = 1.959963984540054;

/**
 * 95 % score interval of a share: the values p for which `right` of n would not surprise
 * (Wilson 1927). `(p̂ + z²/2n ± z·√(p̂(1-p̂)/n + z²/4n²)) / (1 + z²/n)` with p̂ = right / n.
 *
 * Honest at the handful of errors a good model makes, where the usual `p̂ ± z·√(p̂(1-p̂)/n)`
 * is too narrow and may leave [0, 1]: 25 errors of 10 000 are 0.25 %, 0.17 % to 0.37 %.
 *
 * @returns lower and upper bound; `[0, 1]` for n = 0
 */
export function wilsonInterval(right: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1];
  const share = right / n;
  const zz = Z95 * Z95;
  const centre = share + zz / (2 * n);
  const half = Z95 * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
  const scale = 1 + zz / n;
  // At the ends the bound is 0 or 1 exactly; rounding must not push it past them.
  const low = right === 0 ? 0 : (centre - half) / scale;
  const high = right === n ? 1 : (centre + half) / scale;
  return [low, high];
}
