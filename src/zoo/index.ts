export { modelFor } from "./model-for.js";
export { parseRecipe } from "./parse-recipe.js";
export type { Recipe, Training } from "./recipe.js";
export { recipe, recipes } from "./recipes.js";
