import { Random } from "../../base/index.js";
import {
  drawPoint,
  type SearchDimension,
  type SearchPoint,
  type SearchSpace,
  type SearchValue,
  valueAt,
} from "./search-space.js";
import { proposeByTpe } from "./tpe.js";
import type { Trial } from "./trial.js";

/**
 * Proposes what to try next.
 *
 * @param number - of the trial, from 0; the same number, trials and seed give the same proposal
 * @param trials - what came of earlier ones
 * @returns nothing once all has been tried
 */
export type Sampler = (number: number, trials: readonly Trial[]) => SearchPoint | undefined;

export type SamplerName = "random" | "grid" | "tpe";

/** Values along a range in a grid, both ends among them. */
const GRID_POINTS = 5;

/** Trials at random before there is anything to learn from. */
const START_UP = 10;

export function samplerOf(name: SamplerName, space: SearchSpace, seed: number): Sampler {
  const random = (number: number) => new Random(seed).fork(`trial ${number}`);
  switch (name) {
    case "random":
      return (number) => drawPoint(space, random(number));
    case "grid":
      return (number) => gridPoint(space, number);
    case "tpe":
      return (number, trials) =>
        trials.length < START_UP
          ? drawPoint(space, random(number))
          : proposeByTpe(space, trials, random(number));
  }
}

/** How many points the grid of a space has. */
export function gridSize(space: SearchSpace): number {
  return Object.values(space).reduce((size, dimension) => size * gridValues(dimension).length, 1);
}

/** The last setting changes from one point to the next, like the last digit of a number. */
function gridPoint(space: SearchSpace, number: number): SearchPoint | undefined {
  if (number >= gridSize(space)) return undefined;
  let rest = number;
  const values: [string, SearchValue][] = [];
  for (const [name, dimension] of Object.entries(space).toReversed()) {
    const choices = gridValues(dimension);
    values.unshift([name, choices[rest % choices.length]!]);
    rest = Math.floor(rest / choices.length);
  }
  return Object.fromEntries(values);
}

/** All values of a choice; of a range both ends and what lies evenly between them. */
function gridValues(dimension: SearchDimension): readonly SearchValue[] {
  if (dimension.type === "choice") return dimension.values;
  const values = Array.from({ length: GRID_POINTS }, (_, i) =>
    valueAt(dimension, i / (GRID_POINTS - 1)),
  );
  return [...new Set(values)];
}
