import { FormatError, nearest } from "../base/index.js";
import { schema } from "../nn/index.js";
import { parseRecipe } from "./parse-recipe.js";
import type { Recipe } from "./recipe.js";

const { isObject, show } = schema;

/** Where a path may begin; those of the model without saying `model`. */
const modelKeys = ["input", "layers"];
const beginnings = [
  "name",
  "summary",
  "data",
  "whole",
  "seeds",
  "prepare",
  ...modelKeys,
  "model",
  "training",
];

/**
 * The recipe with one value of it changed, checked like a recipe from a file.
 *
 * @param path - names, and places from 0, joined by dots: `training.epochs`, `layers.1.units`
 * @param options.value - anything of JSON; `null` leaves an option out
 * @param options.where - what the change is called in errors
 * @throws {FormatError} that says what there is at the place where the path leads nowhere, or what
 * the value must be
 */
export function changeRecipe(
  recipe: Recipe,
  path: string,
  { value, where }: { readonly value: unknown; readonly where: string },
): Recipe {
  const keys = path.split(".");
  const [first = ""] = keys;
  if (!beginnings.includes(first)) {
    const problem = `a path begins with ${beginnings.join(", ")}, got ${show(first)}`;
    throw new FormatError(where, `${problem}${suggestion(pathNamed(recipe, first))}`);
  }
  if (modelKeys.includes(first)) keys.unshift("model");
  return parseRecipe(replaced(recipe, keys, { value, where, passed: [] }), where);
}

interface Change {
  readonly value: unknown;
  readonly where: string;
  /** The keys that led here. */
  readonly passed: readonly string[];
}

/** A copy of `container` with the value where `keys` lead. Whether it may be there is for the check. */
function replaced(container: unknown, keys: readonly string[], change: Change): unknown {
  const { value, where } = change;
  const [key = "", ...rest] = keys;
  const here = change.passed.join(".");
  const within = (inner: unknown) =>
    rest.length === 0
      ? value
      : replaced(inner, rest, { ...change, passed: [...change.passed, key] });
  if (Array.isArray(container)) {
    if (/^\d+$/.test(key) && Number(key) < container.length) {
      return container.with(Number(key), within(container[Number(key)]));
    }
    const last = container.length - 1;
    throw new FormatError(where, `${here} has the places 0 to ${last}, got ${show(key)}`);
  }
  if (!isObject(container)) {
    throw new FormatError(where, `${here} must hold options, got ${show(container)}`);
  }
  if (rest.length > 0 && !Object.hasOwn(container, key)) {
    const known = Object.keys(container);
    const problem = `${here} has ${known.join(", ")}, got ${show(key)}`;
    throw new FormatError(where, `${problem}${suggestion(nearest(key, known))}`);
  }
  const { [key]: old, ...others } = container;
  const changed = within(old);
  return changed === null ? others : { ...container, [key]: changed };
}

/** The path to the beginning, or to an option of the training or of a layer, that has nearly this name. */
function pathNamed({ training, model }: Recipe, name: string): string | undefined {
  const paths = [
    ...beginnings,
    ...Object.keys(training).map((key) => `training.${key}`),
    ...model.layers.flatMap((layer, i) => Object.keys(layer).map((key) => `layers.${i}.${key}`)),
  ];
  const lastOf = (path: string) => path.slice(path.lastIndexOf(".") + 1);
  const meant = nearest(name, paths.map(lastOf));
  return paths.find((path) => lastOf(path) === meant);
}

function suggestion(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
