import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { FormatError, ShapeError } from "../base/index.js";
import type { ImageSet } from "../data/index.js";
import { formatShape, sameShape } from "../engine/index.js";
import { modelFor, parseRecipe, type Recipe, recipes } from "../zoo/index.js";
import { usageError } from "./command-error.js";
import { nearest } from "./nearest.js";

/**
 * The recipe of that name, its model made to fit the images; or the recipe or model of a `.json`
 * file, which is taken as it stands.
 */
export async function chosenRecipe(choice: string, cwd: string, set: ImageSet): Promise<Recipe> {
  if (choice.endsWith(".json")) return fileRecipe(choice, cwd, set);
  const named = recipes().find(({ name }) => name === choice);
  if (named !== undefined) return { ...named, model: modelFor(named.model, set) };
  const names = recipes().map(({ name }) => name);
  const meant = nearest(choice, names);
  throw usageError(
    `train: the recipe must be one of ${names.join(", ")} or a .json file, got "${choice}"${meant ? `; did you mean ${meant}?` : ""}`,
  );
}

async function fileRecipe(path: string, cwd: string, set: ImageSet): Promise<Recipe> {
  const text = await readFile(resolve(cwd, path), "utf8");
  const recipe = parseRecipe(parseJson(text, path), path);
  const { input } = recipe.model;
  const image = [set.height, set.width, set.channels];
  if (!sameShape(input, image)) {
    throw new ShapeError(
      `${path}: input must be ${formatShape(image)} like the images, got ${formatShape(input)}`,
    );
  }
  return recipe;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(path, `must be JSON, got ${(cause as Error).message}`, { cause });
  }
}
