import { describe, expect, it } from "vitest";
import { FormatError } from "../base/index.js";
import { changeRecipe } from "./change-recipe.js";
import { recipe } from "./recipes.js";

const mlp = recipe("mlp");
const change = (path: string, value: unknown) =>
  changeRecipe(mlp, path, { value, where: `--set ${path}` });

describe("changeRecipe", () => {
  it.each<[string, unknown]>([
    ["name", "mine"],
    ["seeds", 3],
    ["training.epochs", 3],
    ["training.averageDecay", 0.99],
    ["training.optimizer", { type: "sgd", momentum: 0.9 }],
    ["training.optimizer.beta1", 0.5],
    ["training.schedule.warmup", 0.1],
    ["model.layers.1.units", 64],
    ["model.layers.1.bias", false],
    ["model.layers.1", { type: "dense", units: 12, activation: "tanh" }],
    ["model.input", [20, 20, 1]],
  ])("puts at %s the value %j, and leaves the rest", (path, value) => {
    const changed = change(path, value);
    expect(changed).toHaveProperty(path, value);
    expect({ ...changed, [path.split(".")[0]!]: 0 }).toEqual({ ...mlp, [path.split(".")[0]!]: 0 });
  });

  it("does not touch the recipe it is given", () => {
    const before = JSON.stringify(mlp);
    change("layers.1.units", 64);
    expect(JSON.stringify(mlp)).toBe(before);
  });

  it("finds layers and input without the word model", () => {
    expect(change("layers.1.units", 64)).toEqual(change("model.layers.1.units", 64));
    expect(change("input", [14, 14, 1]).model.input).toEqual([14, 14, 1]);
  });

  it("leaves an option out for null", () => {
    const digits = changeRecipe(recipe("digits"), "training.augmentation", {
      value: null,
      where: "it",
    });
    expect(digits.training).not.toHaveProperty("augmentation");
  });

  it.each<[string, unknown, string]>([
    [
      "epochs",
      3,
      'a path begins with name, summary, data, whole, seeds, prepare, input, layers, model, training, got "epochs"; did you mean training.epochs?',
    ],
    ["unit", 3, '"unit"; did you mean layers.1.units?'],
    ["trainin.epochs", 3, '"trainin"; did you mean training?'],
    ["", 3, 'got ""'],
    ["__proto__.x", 3, 'got "__proto__"'],
    [
      "training.epoch",
      3,
      'recipe.training."epoch" is not an option; did you mean epochs? known are',
    ],
    ["training.optimiser.type", "sgd", '"optimiser"; did you mean optimizer?'],
    ["training.epochs", "3x", "recipe.training.epochs must be an integer from 1 to 100000"],
    ["training.epochs.x", 1, "training.epochs must hold options, got 5"],
    ["training.optimizer.type", "adm", 'must be "sgd", "rmsprop", "adam" or "adamw", got "adm"'],
    ["layers.3.units", 1, 'model.layers has the places 0 to 2, got "3"'],
    ["layers.-1.units", 1, 'model.layers has the places 0 to 2, got "-1"'],
    ["layers.length", 1, 'model.layers has the places 0 to 2, got "length"'],
    ["layers.1.unit", 1, 'layers[1] dense: "unit" is not an option; did you mean units?'],
    ["layers.0.units", 1, 'layers[0] flatten: "units" is not an option; it has no options'],
    ["layers.1.units", "many", "layers[1] dense: units must be an integer from 1"],
    ["layers.0", { type: "dropout", rate: 0 }, "layers[1] dense: input must be flat"],
  ])("refuses %s = %j and says why", (path, value, message) => {
    expect(() => change(path, value)).toThrow(FormatError);
    expect(() => change(path, value)).toThrow(message);
    expect(() => change(path, value)).toThrow(/^--set /);
  });
});
