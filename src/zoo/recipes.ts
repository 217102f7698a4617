import { DataError } from "../base/index.js";
import { cnn } from "./cnn.js";
import { digits } from "./digits.js";
import { fast99 } from "./fast99.js";
import { mlp } from "./mlp.js";
import type { Recipe } from "./recipe.js";
import { softmax } from "./softmax.js";

/** All named recipes, the simplest first. */
export function recipes(): readonly Recipe[] {
  return [softmax, mlp, fast99, cnn, digits];
}

/** The recipe of this name. Throws a `DataError` that lists the names there are. */
export function recipe(name: string): Recipe {
  const found = recipes().find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = recipes().map((candidate) => candidate.name);
  throw new DataError(`recipe: must be one of ${known.join(", ")}, got ${JSON.stringify(name)}`);
}
