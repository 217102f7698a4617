import { percent, Random } from "../base/index.js";
import { describeModel, initialWeights } from "../nn/index.js";
import type { Reached, Recipe, Reported } from "../zoo/index.js";
import { count } from "./terminal/format.js";
import type { Style } from "./terminal/style.js";
import { formatTable } from "./terminal/table.js";

/** All of a recipe, for people: layers with the shapes of their arrays, training, figures. */
export function recipeText(
  recipe: Recipe,
  { reached, style: { bold, dim } }: { reached: Reached | undefined; style: Style },
): string {
  const { name, summary, training } = recipe;
  const settings = Object.entries(training).map(([key, value]) => [
    key,
    typeof value === "object" ? optionsText(value) : String(value),
  ]);
  const data = `${recipe.data ?? "mnist"}${recipe.whole ? ", whole" : ""}`;
  const sections = [
    `${bold(name)}  ${summary}\n`,
    layerTable(recipe, dim),
    formatTable([["data", data], ...seedsRow(recipe), ...settings], "ll"),
    figuresTable(recipe.reported, reached),
    `inkling train ${name}\n`,
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function layerTable({ model }: Recipe, dim: Style["dim"]): string {
  const arrays = [...initialWeights(model, new Random(0))].map(([name, { shape }]) => ({
    layer: name.slice(0, name.lastIndexOf(".")),
    text: `${name.slice(name.lastIndexOf(".") + 1)} ${shapeText(shape)}`,
  }));
  const layers = describeModel(model);
  const rows = layers.map(({ type, outputShape, parameters }, index) => [
    `layers.${index}`,
    type,
    activationOf(model.layers[index]),
    shapeText(outputShape),
    count(parameters),
    arrays
      .filter(({ layer }) => layer === `layers.${index}`)
      .map(({ text }) => text)
      .join(", "),
  ]);
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const heading = ["layer", "type", "activation", "output", "parameters", "arrays"];
  return formatTable(
    [
      heading.map(dim),
      ["input", "", "", shapeText(model.input), "", ""],
      ...rows,
      ["all", "", "", "", count(total), ""],
    ],
    "lllrrl",
  );
}

function activationOf(layer: Recipe["model"]["layers"][number] | undefined): string {
  return layer !== undefined && "activation" in layer ? (layer.activation ?? "") : "";
}

function seedsRow({ seeds }: Recipe): string[][] {
  return seeds === undefined ? [] : [["nets", `${seeds}, answering together`]];
}

function figuresTable(reported: Reported | undefined, reached: Reached | undefined): string {
  const rows = [
    ...(reported ? [["reported", `system ${reported.system}`, reportedText(reported)]] : []),
    ...(reached ? [["reached", `seeds: ${reached.seeds}`, reachedText(reached)]] : []),
  ];
  return rows.length === 0 ? "" : formatTable(rows, "lll");
}

function reportedText({ system: _, ...figures }: Reported): string {
  const names: Record<keyof typeof figures, string> = {
    trainLoss: "training loss",
    trainAccuracy: "training accuracy",
    testLoss: "test loss",
    testAccuracy: "test accuracy",
    testF1: "F1",
  };
  return (Object.keys(names) as (keyof typeof figures)[])
    .flatMap((key) => {
      const value = figures[key];
      if (value === undefined) return [];
      return `${names[key]} ${key.endsWith("Accuracy") ? percent(value) : value}`;
    })
    .join(", ");
}

function reachedText({ on, accuracy, least, greatest, loss }: Reached): string {
  const range = `${percent(least)} – ${percent(greatest)}`;
  return `${on} accuracy ${percent(accuracy)} (${range}), loss ${loss.toFixed(4)}`;
}

function optionsText(options: object): string {
  return Object.entries(options)
    .map(([key, value]) => (key === "type" ? String(value) : `${key} ${value}`))
    .join(", ");
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
