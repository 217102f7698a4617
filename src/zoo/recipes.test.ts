import { describe, expect, it } from "vitest";
import { DataError, Random } from "../base/index.js";
import { wasmBackend } from "../engine/index.js";
import { compileTraining, describeModel, initialWeights, model } from "../nn/index.js";
import { modelFor } from "./model-for.js";
import { parseRecipe } from "./parse-recipe.js";
import { recipe, recipes } from "./recipes.js";

describe("recipe", () => {
  it("finds each recipe by its name", () => {
    for (const known of recipes()) expect(recipe(known.name)).toBe(known);
  });

  it("lists the names there are where it finds none", () => {
    expect(() => recipe("cmn")).toThrow(DataError);
    expect(() => recipe("cmn")).toThrow(
      /^recipe: must be one of softmax, mlp, .*, mlp-256-128, got "cmn"; did you mean cnn\?$/,
    );
  });
});

describe("recipes", () => {
  it("are data: JSON and back changes nothing, and each is as a recipe from a file must be", () => {
    for (const known of recipes()) {
      expect(parseRecipe(JSON.parse(JSON.stringify(known)), known.name)).toEqual(known);
    }
  });

  it.each(recipes().map(({ name }) => name))("compile and take a step: %s", async (name) => {
    const { model, training } = recipe(name);
    const program = await compileTraining(model, {
      ...training,
      batchSize: 2,
      weights: initialWeights(model, new Random(1)),
      seed: 1,
      backend: await wasmBackend(),
    });
    program.inputs.fill(0.5);
    program.step(training.learningRate);
    expect(program.loss).toBeGreaterThan(0);
    expect(Number.isFinite(program.loss)).toBe(true);
    program.close();
  });

  it("have names of their own that can name a folder", () => {
    const names = recipes().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it("are models whose layers fit each other and end in ten classes, or the bundled ones' and one more", () => {
    const outputs: Record<string, number> = { digits: 11, letters: 27, characters: 48 };
    for (const known of recipes()) {
      const shape = describeModel(model(known.model)).at(-1)?.outputShape;
      expect(shape).toEqual([outputs[known.name] ?? 10]);
    }
  });

  it.each(["digits", "letters", "characters"])(
    "keep the bundled model %s below a megabyte in float16",
    (name) => {
      const layers = describeModel(recipe(name).model);
      const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
      expect(parameters * 2).toBeLessThan(980_000);
    },
  );
});

const noImages = { count: 0, images: new Uint8Array(0), labels: new Int32Array(0) };

describe("modelFor", () => {
  it("fits a recipe to other images and classes", () => {
    const classes = [..."abcdefghijklmnopqrstuvwxyz"];
    const size = { height: 20, width: 16, channels: 3 };
    const fitted = modelFor(recipe("cnn").model, { ...noImages, ...size, classes });
    expect(fitted.input).toEqual([20, 16, 3]);
    expect(describeModel(fitted).at(-1)?.outputShape).toEqual([26]);
  });

  it("fits a dense recipe to rows of features", () => {
    const values = new Float32Array(0);
    const labels = new Int32Array(0);
    const features = ["age", "height", "weight"];
    const set = { count: 0, features, values, labels, classes: ["cat", "dog"] };
    const fitted = modelFor(recipe("mlp").model, set);
    expect(fitted.input).toEqual([3]);
    expect(describeModel(fitted).at(-1)?.outputShape).toEqual([2]);
  });

  it("leaves a model that fits as it is", () => {
    const classes = [..."0123456789"];
    const { model } = recipe("mlp");
    const size = { height: 28, width: 28, channels: 1 };
    expect(modelFor(model, { ...noImages, ...size, classes })).toEqual(model);
  });
});
