import type { Random } from "../base/index.js";

/**
 * Deals whole groups out to parts, such that every part gets its share of every class as nearly as
 * whole groups permit.
 *
 * Greedy, the largest group first, those of one size in random order: a group goes to the part p
 * where it adds least to `Σ_p Σ_c (n_pc / N_c)² / share_p`, n_pc being the images of class c in part p
 * and N_c those in all; all images together count as one more class. The sum is least where
 * n_pc = share_p · N_c. With equal shares no part stays empty while there are groups.
 *
 * @param labels - class per image, `[n]`
 * @param groups - a number per image, the same within a group, `[n]`
 * @param options.shares - above 0, one for every part
 * @returns the part of every image, `[n]`
 */
export function dealGroups(
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  { shares, random }: { readonly shares: readonly number[]; readonly random: Random },
): Int32Array {
  const members = new Map<number, number[]>();
  const classes = 1 + Array.from(labels).reduce((most, label) => Math.max(most, label), -1);
  const totals = new Array<number>(classes + 1).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const group = members.get(groups[i]);
    if (group === undefined) members.set(groups[i], [i]);
    else group.push(i);
    totals[labels[i]] += 1;
    totals[classes] += 1;
  }
  const largestFirst = random.shuffle([...members.values()]).sort((a, b) => b.length - a.length);
  const filled = shares.map(() => new Float64Array(classes + 1));
  const parts = new Int32Array(labels.length);
  for (const indices of largestFirst) {
    const counts = new Map([[classes, indices.length]]);
    for (const i of indices) counts.set(labels[i], (counts.get(labels[i]) ?? 0) + 1);
    const costs = filled.map((held, part) => {
      let sum = 0;
      for (const [label, n] of counts) sum += (n * (2 * held[label] + n)) / totals[label] ** 2;
      return sum / shares[part];
    });
    const part = costs.indexOf(Math.min(...costs));
    for (const [label, n] of counts) filled[part][label] += n;
    for (const i of indices) parts[i] = part;
  }
  return parts;
}
