import { type LossDescription, lossCheck, type ModelFile, schema } from "../nn/index.js";

/**
 * The loss a model was trained with, as its record tells: that of a run holds the recipe, that of a
 * bundled model only its training. Cross-entropy where nothing of the kind is said.
 */
export function trainedLoss({ record }: Pick<ModelFile, "record">): LossDescription {
  const recipe = schema.isObject(record.recipe) ? record.recipe : record;
  const loss = schema.isObject(recipe.training) ? recipe.training.loss : undefined;
  return lossCheck(loss, "loss") === undefined
    ? (loss as LossDescription)
    : { type: "crossEntropy" };
}
