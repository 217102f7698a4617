import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { DataError, FormatError, nearest, ShapeError } from "../base/index.js";
import { isImageSet, type SampleSet, sampleShape } from "../data/index.js";
import { formatShape, sameShape } from "../engine/index.js";
import { describeModel } from "../nn/index.js";
import { modelFor, parseRecipe, type Recipe, recipes } from "../zoo/index.js";
import { usageError } from "./command-error.js";
import { changedBy, type RecipeChange } from "./recipe-changes.js";

/** A recipe as named on the command line. */
export interface ChosenRecipe {
  readonly recipe: Recipe;
  /** The file it was read from, if it was. */
  readonly path?: string;
  /** What `--set` asks for; `recipe` has it already. */
  readonly changes: readonly RecipeChange[];
}

/** The recipe of that name, or the recipe or model of a `.json` file, with changes to it. */
export async function chosenRecipe(
  choice: string,
  cwd: string,
  changes: readonly RecipeChange[] = [],
): Promise<ChosenRecipe> {
  const { recipe, ...from } = await foundRecipe(choice, cwd);
  return { ...from, recipe: changedBy(recipe, changes), changes };
}

async function foundRecipe(choice: string, cwd: string): Promise<Omit<ChosenRecipe, "changes">> {
  if (choice.endsWith(".json")) {
    const text = await readText(choice, cwd);
    return { recipe: parseRecipe(parseJson(text, choice), choice), path: choice };
  }
  const recipe = recipes().find(({ name }) => name === choice);
  if (recipe !== undefined) return { recipe };
  const names = recipes().map(({ name }) => name);
  const meant = nearest(choice, names);
  throw usageError(
    `train: the recipe must be one that inkling recipes lists, or a .json file, got "${choice}"${meant ? `; did you mean ${meant}?` : ""}`,
  );
}

/**
 * The recipe for these images: a named one is made to fit, one from a file must fit as it stands. Changes
 * are made once more after the fitting, so that none is undone by it unnoticed.
 */
export function recipeFor({ recipe, path, changes }: ChosenRecipe, set: SampleSet): Recipe {
  const fitted =
    path === undefined
      ? changedBy({ ...recipe, model: modelFor(recipe.model, set) }, changes)
      : recipe;
  expectFit(fitted, set, path ?? "--set");
  return fitted;
}

function expectFit({ model }: Recipe, set: SampleSet, where: string): void {
  const shape = sampleShape(set);
  if (!sameShape(model.input, shape)) {
    const samples = isImageSet(set) ? "images" : "features";
    throw new ShapeError(
      `${where}: input must be ${formatShape(shape)} like the ${samples}, got ${formatShape(model.input)}`,
    );
  }
  const outputs = describeModel(model).at(-1)?.outputShape ?? model.input;
  const classes = [set.classes.length];
  if (!sameShape(outputs, classes)) {
    throw new ShapeError(
      `${where}: the last layer must have one output for each of the ${classes} classes, got ${formatShape(outputs)}`,
    );
  }
}

async function readText(path: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const got = code === "EISDIR" ? "a folder" : code === "ENOENT" ? "no such file" : code;
    throw new DataError(`${path}: must be a JSON file that can be read, got ${got}`, { cause });
  }
}

/** Some editors begin a file with a byte-order mark, which JSON does not know. */
function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    // Where it can, the engine quotes the place, line breaks included.
    const got = (cause as Error).message.replaceAll(/\s+/g, " ");
    throw new FormatError(path, `must be JSON, got ${got}`, { cause });
  }
}
