import type { Random } from "../base/index.js";
import { dealGroups } from "./deal-groups.js";
import { type SampleSet, subset } from "./sample-set.js";
import type { Table } from "./table/table.js";

/**
 * Holds back a share of every class, for validation.
 *
 * Of a class of n samples `round(share · n)` chosen at random are held back, so both parts have the
 * class proportions of the whole. Within each part the order of the set is kept.
 *
 * With `groups`, each group goes to one part whole, and share and proportions are met as nearly as whole
 * groups permit.
 *
 * @param options.share - from 0 to 1
 * @param options.groups - a number per sample, the same for all of one writer, say
 */
export function splitStratified<S extends SampleSet | Table>(
  set: S,
  {
    share,
    random,
    groups,
  }: {
    readonly share: number;
    readonly random: Random;
    readonly groups?: ArrayLike<number> | undefined;
  },
): { train: S; held: S } {
  if (!(share >= 0 && share <= 1)) {
    throw new TypeError(`splitStratified: share must be from 0 to 1, got ${share}`);
  }
  if (share === 0) return { train: set, held: subset(set, []) };
  const isHeld =
    groups === undefined || share === 1
      ? chooseEach(set, share, random)
      : dealGroups(set.labels, groups, { shares: [1 - share, share], random });
  const every = Array.from({ length: set.count }, (_, i) => i);
  return {
    train: subset(
      set,
      every.filter((i) => isHeld[i] === 0),
    ),
    held: subset(
      set,
      every.filter((i) => isHeld[i] === 1),
    ),
  };
}

/** 1 for each sample that is held back. */
function chooseEach(set: SampleSet | Table, share: number, random: Random): Uint8Array {
  const members: number[][] = set.classes.map(() => []);
  for (let i = 0; i < set.count; i++) members[set.labels[i]].push(i);
  const isHeld = new Uint8Array(set.count);
  for (const indices of members) {
    random.shuffle(indices);
    for (const index of indices.slice(0, Math.round(share * indices.length))) isHeld[index] = 1;
  }
  return isHeld;
}
