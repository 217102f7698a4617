import { FormatError } from "../base/index.js";
import { parseSteps } from "../data/index.js";
import { lossCheck, optimizerCheck, parseModel, scheduleCheck, schema } from "../nn/index.js";
import type { Recipe, Training } from "./recipe.js";

const { flag, integer, isObject, number, oneOf, optional, record, show } = schema;

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
  bendPx: optional(number(0, 8)),
  blur: optional(number(0, 1)),
  noise: optional(number(0, 0.5)),
  misframing: optional(
    record({ share: number(0, 1), scale: number(0, 0.9), shiftPx: number(0, 28) }),
  ),
  wear: optional(
    record({
      share: number(0, 1),
      fading: number(0, 1),
      hardness: number(1, 100),
      softness: number(0, 10),
      coarseness: number(1, 28),
      dryness: number(0, 1),
      shadow: number(0, 1),
      texture: number(0, 1),
      noise: number(0, 0.5),
      remnants: number(0, 1),
      blocking: number(0, 1),
    }),
  ),
});

const trainingCheck = record({
  epochs: optional(integer(1, 100_000)),
  batchSize: optional(integer(1, 65_536)),
  learningRate: optional(number(0, 1e3)),
  loss: optional(lossCheck),
  optimizer: optional(optimizerCheck),
  schedule: optional(scheduleCheck),
  averageDecay: optional(number(0, 0.9999999)),
  clipNorm: optional(number(1e-12, 1e12)),
  patience: optional(integer(1, 100_000)),
  keepBest: optional(flag),
  augmentation: optional(augmentationCheck),
});

const prepareCheck: schema.Check = (value, name) => {
  const problem = schema.list(text, 0, 32)(value, name);
  if (problem !== undefined) return problem;
  try {
    parseSteps(value as string[]);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

const share = optional(number(0, 1));
const loss = optional(number(0, 1e6));

const reportedCheck = record({
  system: oneOf("A", "B", "C", "D", "E"),
  trainLoss: loss,
  trainAccuracy: share,
  testLoss: loss,
  testAccuracy: share,
  testF1: share,
});

/**
 * A recipe from JSON that anybody may have written, `{ name?, summary?, data?, whole?, seeds?, prepare?,
 * model, training?, reported? }`, or a model alone. What is left out of `training` is Adam at 0.001 for 5 epochs of batches of 64, the
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
    data: optional(text),
    whole: optional(flag),
    seeds: optional(integer(1, 100)),
    prepare: optional(prepareCheck),
    model: () => undefined,
    training: optional(trainingCheck),
    reported: optional(reportedCheck),
  })(whole, "recipe");
  if (problem !== undefined) throw new FormatError(where, problem);
  const { model, training, ...rest } = whole as Partial<Recipe>;
  return {
    name: where,
    summary: `the model of ${where}`,
    ...rest,
    model: parseModel(model, `${where}: model`),
    training: { ...defaultTraining, ...training },
  };
}
