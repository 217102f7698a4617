import { describe, expect, it } from "vitest";
import { FormatError } from "../base/index.js";
import { parseRecipe } from "./parse-recipe.js";

describe("parseRecipe", () => {
  const model = { input: [4, 4, 1], layers: [{ type: "flatten" }, { type: "dense", units: 2 }] };

  it("takes a model alone, and says how it will be trained", () => {
    const recipe = parseRecipe(model, "net.json");
    expect(recipe.name).toBe("net.json");
    expect(recipe.model).toEqual(model);
    expect(recipe.training).toMatchObject({ epochs: 5, optimizer: { type: "adam" } });
  });

  it("fills in what is left out of the training", () => {
    const { training } = parseRecipe({ model, training: { epochs: 9 } }, "net.json");
    expect(training).toMatchObject({ epochs: 9, batchSize: 64 });
  });

  it.each([
    [7, "net.json: must be an object, got 7"],
    [{}, "net.json: model: must be an object, got nothing"],
    [{ model, seeds: 0 }, "net.json: recipe.seeds must be an integer from 1 to 100, got 0"],
    [
      { model, reported: { system: "F" } },
      'net.json: recipe.reported.system must be "A", "B", "C", "D" or "E", got "F"',
    ],
    [{ model, epochs: 3 }, 'net.json: recipe."epochs" is not an option'],
    [
      { model, training: { epochs: 0 } },
      "net.json: recipe.training.epochs must be an integer from 1 to 100000, got 0",
    ],
    [
      { model, training: { optimizer: { type: "adamm" } } },
      'net.json: recipe.training.optimizer.type must be "sgd", "rmsprop", "adam" or "adamw", got "adamm"',
    ],
    [
      { model, training: { augmentation: { rotationDegrees: 90 } } },
      "net.json: recipe.training.augmentation.rotationDegrees must be a number from 0 to 45, got 90",
    ],
    [
      { model: { ...model, layers: [{ type: "dense", units: 2 }] } },
      "net.json: model: layers[0] dense: input must be flat, got [4, 4, 1]",
    ],
  ])("says of %j what is wrong with it", (value, message) => {
    expect(() => parseRecipe(value, "net.json")).toThrow(FormatError);
    expect(() => parseRecipe(value, "net.json")).toThrow(message);
  });
});
