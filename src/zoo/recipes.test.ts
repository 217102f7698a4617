import { describe, expect, it } from "vitest";
import { DataError } from "../base/index.js";
import { describeModel, model } from "../nn/index.js";
import { modelFor } from "./model-for.js";
import { recipe, recipes } from "./recipes.js";

describe("recipe", () => {
  it("finds each recipe by its name", () => {
    for (const known of recipes()) expect(recipe(known.name)).toBe(known);
  });

  it("lists the names there are where it finds none", () => {
    expect(() => recipe("cmn")).toThrow(DataError);
    expect(() => recipe("cmn")).toThrow(
      'recipe: must be one of softmax, mlp, fast99, cnn, digits, got "cmn"',
    );
  });
});

describe("recipes", () => {
  it("are models whose layers fit each other and end in ten classes", () => {
    for (const known of recipes()) {
      expect(describeModel(model(known.model)).at(-1)?.outputShape).toEqual([10]);
    }
  });

  it("keep the bundled model below 600 KB in float32", () => {
    const layers = describeModel(recipe("digits").model);
    const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    expect(parameters * 4).toBeLessThan(590_000);
  });
});

describe("modelFor", () => {
  it("fits a recipe to other images and classes", () => {
    const classes = [..."abcdefghijklmnopqrstuvwxyz"];
    const fitted = modelFor(recipe("cnn").model, { height: 20, width: 16, channels: 3, classes });
    expect(fitted.input).toEqual([20, 16, 3]);
    expect(describeModel(fitted).at(-1)?.outputShape).toEqual([26]);
  });

  it("leaves a model that fits as it is", () => {
    const classes = [..."0123456789"];
    const { model } = recipe("mlp");
    expect(modelFor(model, { height: 28, width: 28, channels: 1, classes })).toEqual(model);
  });
});
