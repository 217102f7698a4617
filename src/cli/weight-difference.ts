import type { Weights } from "../nn/index.js";

/** An array of weights that is not the same in two models. */
export interface WeightDifference {
  readonly name: string;
  /** Greatest difference between two numbers at the same place; infinite where one array has no such place. */
  readonly greatest: number;
}

/** The arrays in which two models differ in any bit, in the order of the layers. */
export function differingWeights(kept: Weights, again: Weights): WeightDifference[] {
  const names = new Set([...kept.keys(), ...again.keys()]);
  return [...names].flatMap((name) => {
    const [a, b] = [kept.get(name)?.data, again.get(name)?.data];
    if (a === undefined || b === undefined || a.length !== b.length) {
      return [{ name, greatest: Number.POSITIVE_INFINITY }];
    }
    if (a.every((value, i) => Object.is(value, b[i]))) return [];
    const greatest = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
    return [{ name, greatest }];
  });
}
