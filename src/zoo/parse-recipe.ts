import { FormatError } from "../base/index.js";
import { lossCheck, optimizerCheck, parseModel, scheduleCheck, schema } from "../nn/index.js";
import type { Recipe, Training } from "./recipe.js";

const { integer, isObject, number, optional, record, show } = schema;

/** How a model is trained of which nothing else is said. */
const defaultTraining: Training = {
  epochs: 5,
  batchSize: 64,
  learningRate: 0.001,
  loss: { type: "crossEntropy" },
  optimizer: { type: "adam" },
  schedule: { type: "cosine" },
};

const text: schema.Check = (value, name) =>
  typeof value === "string" && value.length <= 200
    ? undefined
    : `${name} must be a text of at most 200 characters, got ${show(value)}`;

const augmentationCheck = record({
  rotationDegrees: number(0, 45),
  scale: number(0, 0.5),
  shear: number(0, 1),
  shiftPx: number(0, 28),
  thickness: number(0, 1),
  elasticPx: number(0, 4),
  blur: optional(number(0, 1)),
  noise: optional(number(0, 0.5)),
});

const trainingCheck = record({
  epochs: optional(integer(1, 100_000)),
  batchSize: optional(integer(1, 65_536)),
  learningRate: optional(number(0, 1e3)),
  loss: optional(lossCheck),
  optimizer: optional(optimizerCheck),
  schedule: optional(scheduleCheck),
  averageDecay: optional(number(0, 0.9999999)),
  augmentation: optional(augmentationCheck),
});

/**
 * A recipe from JSON that anybody may have written: `{ name?, summary?, model, training? }`, or a
 * model alone. What is left out of `training` is Adam at 0.001 for 5 epochs of batches of 64, the
 * rate falling along a cosine. Throws a `FormatError` that names the place.
 *
 * @param where - what the JSON is called in errors, and the recipe's name if it has none
 */
export function parseRecipe(value: unknown, where: string): Recipe {
  if (!isObject(value)) throw new FormatError(where, `must be an object, got ${show(value)}`);
  const whole = "layers" in value ? { model: value } : value;
  const problem = record({
    name: optional(text),
    summary: optional(text),
    model: () => undefined,
    training: optional(trainingCheck),
  })(whole, "recipe");
  if (problem !== undefined) throw new FormatError(where, problem);
  const { name, summary, model, training } = whole as { readonly [K in keyof Recipe]?: unknown };
  return {
    name: typeof name === "string" ? name : where,
    summary: typeof summary === "string" ? summary : `the model of ${where}`,
    model: parseModel(model, `${where}: model`),
    training: { ...defaultTraining, ...(training as Partial<Training> | undefined) },
  };
}
