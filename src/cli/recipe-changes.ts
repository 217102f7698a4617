import { FormatError } from "../base/index.js";
import { changeRecipe, type Recipe } from "../zoo/index.js";
import { usageError } from "./command-error.js";

/** One `--set path=value`. */
export interface RecipeChange {
  readonly path: string;
  /** Of JSON. */
  readonly value: unknown;
}

/**
 * Parses `training.epochs=3` and adds it to those before. What is no JSON is a text, so that
 * `activation=tanh` needs no quotes.
 */
export function addRecipeChange(
  text: string,
  before: readonly RecipeChange[] = [],
): readonly RecipeChange[] {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw usageError(`--set: must be path=value, as training.epochs=3, got "${text}"`);
  }
  const path = text.slice(0, equals).trim();
  return [...before, { path, value: jsonOrText(text.slice(equals + 1)) }];
}

/**
 * The recipe with all changes, made in their order.
 *
 * @param option - what asks for them, for errors
 */
export function changedBy(
  recipe: Recipe,
  changes: readonly RecipeChange[],
  option = "--set",
): Recipe {
  try {
    return changes.reduce(
      (changed, { path, value }) =>
        changeRecipe(changed, path, { value, where: `${option} ${path}` }),
      recipe,
    );
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw usageError(error.message);
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
