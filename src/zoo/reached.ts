import type { Reached } from "./recipe.js";

/** What each recipe reached, by its name. Written by `npm run results`, as `docs/results.md` is. */
export const reached: Readonly<Record<string, Reached>> = {};
