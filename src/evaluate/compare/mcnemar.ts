/**
 * McNemar's exact test: the two-sided probability that two classifiers of equal accuracy would
 * disagree at least as unevenly.
 *
 * Of the n = b + c images that exactly one of them reads right, each is as likely to be read by
 * either: b follows the binomial distribution with p = ½ (McNemar 1947; the exact form in Dietterich
 * 1998, section 3.1, and as `mcnemar(exact=True)` of statsmodels):
 * `p = min(1, 2 · Σ_{i ≤ min(b, c)} C(n, i) / 2ⁿ)`.
 *
 * @param b - images that the first reads right and the second wrong
 * @param c - images that the second reads right and the first wrong
 * @returns from 0 to 1; 1 where they never disagree
 */
export function mcnemarExact(b: number, c: number): number {
  const n = b + c;
  const least = Math.min(b, c);
  // log of C(n, least) / 2ⁿ, the largest term of the sum, as a product of ratios near 1.
  let logLargest = -n * Math.LN2;
  for (let i = 1; i <= least; i++) logLargest += Math.log((n - least + i) / i);
  // The other terms by their ratio to it, from the largest down.
  let sum = 1;
  let term = 1;
  for (let i = least; i > 0 && term > sum * 1e-17; i--) {
    term *= i / (n - i + 1);
    sum += term;
  }
  return Math.min(1, 2 * sum * Math.exp(logLargest));
}
