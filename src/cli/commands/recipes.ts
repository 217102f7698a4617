import { Argument, Command } from "commander";
import { nearest } from "../../base/index.js";
import { describeModel } from "../../nn/index.js";
import { type Recipe, reached, recipes } from "../../zoo/index.js";
import { usageError } from "../command-error.js";
import type { Io } from "../io.js";
import { recipeText } from "../recipe-text.js";
import { count, percent } from "../terminal/format.js";
import { styleFor } from "../terminal/style.js";
import { formatTable } from "../terminal/table.js";

export function recipesCommand(io: Io): Command {
  return new Command("recipes")
    .description("Lists the networks that `inkling train` knows by name, or tells all of one.")
    .addArgument(new Argument("[name]", "a recipe"))
    .option("--json", "print as JSON: all recipes in full, or the file of one")
    .addHelpText("after", examples)
    .action((name: string | undefined, { json = false }: { json?: boolean }) => {
      io.stdout.write(name === undefined ? all(io, json) : one(named(name), io, json));
    });
}

/** Characters of the column of data sets. */
const DATA_WIDTH = 12;

const examples = `
Examples:
  inkling recipes
  inkling recipes mlp
  inkling recipes mlp --json > my-net.json       change it, then: inkling train my-net.json`;

function all(io: Io, json: boolean): string {
  if (json) {
    const records = recipes().map((recipe) => ({
      ...recipe,
      parameters: parametersOf(recipe),
      ...(reached[recipe.name] && { reached: reached[recipe.name] }),
    }));
    return `${JSON.stringify(records)}\n`;
  }
  const { bold, dim } = styleFor(io.stdout, io.env);
  const rows = recipes().map((recipe) => [
    bold(recipe.name),
    count(parametersOf(recipe)),
    shortened(recipe.data ?? "mnist"),
    reportedText(recipe),
    reachedText(recipe),
    recipe.summary,
  ]);
  const heading = ["recipe", "parameters", "data", "reported", "reached", "what it is"];
  return formatTable([heading.map(dim), ...rows], "lrlrrl");
}

function one(recipe: Recipe, io: Io, json: boolean): string {
  if (json) return `${JSON.stringify(recipe, undefined, 2)}\n`;
  const style = styleFor(io.stdout, io.env);
  return recipeText(recipe, { reached: reached[recipe.name], style });
}

function named(name: string): Recipe {
  const recipe = recipes().find((candidate) => candidate.name === name);
  if (recipe !== undefined) return recipe;
  const meant = nearest(
    name,
    recipes().map((known) => known.name),
  );
  const hint = meant ? `; did you mean ${meant}?` : "; inkling recipes lists them";
  throw usageError(`recipes: must be the name of a recipe, got "${name}"${hint}`);
}

function parametersOf({ model }: Recipe): number {
  return describeModel(model).reduce((sum, { parameters }) => sum + parameters, 0);
}

/** A set may be put together from many; the recipe's own page names it in full. */
function shortened(data: string): string {
  return data.length <= DATA_WIDTH ? data : `${data.slice(0, DATA_WIDTH - 1)}…`;
}

/** The system and its accuracy: of the test set, or of the training images where it tells no other. */
function reportedText({ reported }: Recipe): string {
  if (reported === undefined) return "";
  const accuracy = reported.testAccuracy ?? reported.trainAccuracy;
  return accuracy === undefined ? reported.system : `${reported.system} ${percent(accuracy)}`;
}

function reachedText({ name }: Recipe): string {
  const figures = reached[name];
  return figures === undefined ? "" : percent(figures.accuracy);
}
