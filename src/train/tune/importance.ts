import { placeOf, type SearchDimension, type SearchSpace } from "./search-space.js";
import { ranked, type Trial } from "./trial.js";

/** Parts that a range is cut into. */
const PARTS = 4;

/**
 * How much of the order of the trials each setting alone explains, from 0 to 1.
 *
 * The adjusted correlation ratio of ranks, `ε² = 1 - (1 - η²)(n - 1)/(n - k)` (Kelley 1935), where η² is the
 * share of the variance between k groups of trials that have the setting alike: equal values of a choice,
 * quarters of a range. It is 0 on average for a setting that does nothing. What settings do together only
 * is not seen.
 */
export function importances(space: SearchSpace, trials: readonly Trial[]): Record<string, number> {
  const order = ranked(trials);
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => {
      const groups = new Map<unknown, number[]>();
      for (const [rank, { values }] of order.entries()) {
        const key = groupOf(dimension, values[name]);
        const ranks = groups.get(key);
        if (ranks === undefined) groups.set(key, [rank]);
        else ranks.push(rank);
      }
      return [name, explained([...groups.values()], order.length)];
    }),
  );
}

function groupOf(dimension: SearchDimension, value: unknown): unknown {
  if (dimension.type === "choice") return JSON.stringify(value);
  return Math.min(PARTS - 1, Math.floor(PARTS * placeOf(dimension, value as number)));
}

function explained(groups: readonly (readonly number[])[], n: number): number {
  const k = groups.length;
  if (k < 2 || n <= k) return 0;
  const middle = (n - 1) / 2;
  const total = (n * (n * n - 1)) / 12;
  const between = groups.reduce((sum, ranks) => {
    const mean = ranks.reduce((a, b) => a + b, 0) / ranks.length;
    return sum + ranks.length * (mean - middle) ** 2;
  }, 0);
  return Math.max(0, 1 - ((1 - between / total) * (n - 1)) / (n - k));
}
