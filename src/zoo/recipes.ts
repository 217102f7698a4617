import { DataError, nearest } from "../base/index.js";
import { cnn } from "./cnn.js";
import { digits } from "./digits.js";
import { fast99 } from "./fast99.js";
import { characters, letters } from "./letters.js";
import { mlp } from "./mlp.js";
import { mlpDeformed } from "./mlp-deformed.js";
import type { Recipe } from "./recipe.js";
import { softmax } from "./softmax.js";
import { systemA } from "./system-a.js";
import { systemB } from "./system-b.js";
import { systemC } from "./system-c.js";
import { systemD } from "./system-d.js";
import { systemE } from "./system-e.js";
import { ensemble, wide } from "./wide.js";

/** All named recipes: those of our own, the simplest first, then the systems A to E. */
export function recipes(): readonly Recipe[] {
  const ours = [
    softmax,
    mlp,
    mlpDeformed,
    fast99,
    cnn,
    digits,
    letters,
    characters,
    wide,
    ensemble,
  ];
  return [...ours, ...systemA, ...systemB, ...systemC, ...systemD, ...systemE];
}

/** The recipe of this name. Throws a `DataError` that lists the names there are, and the one that may be meant. */
export function recipe(name: string): Recipe {
  const found = recipes().find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = recipes().map((candidate) => candidate.name);
  const meant = nearest(name, known);
  throw new DataError(
    `recipe: must be one of ${known.join(", ")}, got ${JSON.stringify(name)}${meant ? `; did you mean ${meant}?` : ""}`,
  );
}
