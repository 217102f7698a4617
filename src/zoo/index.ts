export { changeRecipe } from "./change-recipe.js";
export { modelFor } from "./model-for.js";
export { parseRecipe } from "./parse-recipe.js";
export { reached } from "./reached.js";
export type { Reached, Recipe, Reported, Training } from "./recipe.js";
export { recipe, recipes } from "./recipes.js";
