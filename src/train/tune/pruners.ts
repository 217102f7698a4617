/**
 * Tells whether a trial is to be given up.
 *
 * @param curve - what is to be small, after each epoch so far
 * @param others - the curves of trials before it
 */
export type Pruner = (curve: readonly number[], others: readonly (readonly number[])[]) => boolean;

export type PrunerName = "none" | "median" | "halving";

/** Trials that must have come as far before one is compared with them. */
const ENOUGH = 5;
/** One of so many goes on at every rung. */
const REDUCTION = 3;

export const pruners: Readonly<Record<PrunerName, Pruner>> = {
  none: () => false,
  median: isBelowMedian,
  halving: isNotPromoted,
};

/**
 * Gives up what at its best is worse than the median of what others had been at their best by the same
 * epoch (Golovin et al. 2017, section 3.2).
 */
function isBelowMedian(curve: readonly number[], others: readonly (readonly number[])[]): boolean {
  const epoch = curve.length;
  const bests = others
    .filter(({ length }) => length >= epoch)
    .map((other) => Math.min(...other.slice(0, epoch)))
    .sort((a, b) => a - b);
  if (bests.length < ENOUGH) return false;
  const middle = bests.length >> 1;
  const median =
    bests.length % 2 === 1 ? bests[middle]! : (bests[middle - 1]! + bests[middle]!) / 2;
  return Math.min(...curve) > median;
}

/**
 * Successive halving without waiting (Li et al. 2020, algorithm 2, in the form that stops trials): after
 * 1, 3, 9 … epochs only what is in the best third of all that came so far goes on.
 */
function isNotPromoted(curve: readonly number[], others: readonly (readonly number[])[]): boolean {
  const epoch = curve.length;
  if (!isRung(epoch)) return false;
  const own = curve[epoch - 1]!;
  const reached = others.filter(({ length }) => length >= epoch);
  if (reached.length + 1 < REDUCTION) return false;
  const better = reached.filter((other) => other[epoch - 1]! < own).length;
  return better >= Math.ceil((reached.length + 1) / REDUCTION);
}

function isRung(epoch: number): boolean {
  let rung = 1;
  while (rung < epoch) rung *= REDUCTION;
  return rung === epoch;
}
