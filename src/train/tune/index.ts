export { importances } from "./importance.js";
export { type Pruner, type PrunerName, pruners } from "./pruners.js";
export { gridSize, type Sampler, type SamplerName, samplerOf } from "./samplers.js";
export {
  parseSearchSpace,
  type SearchDimension,
  type SearchPoint,
  type SearchSpace,
  type SearchValue,
} from "./search-space.js";
export { type Outcome, runStudy, type StudyOptions } from "./study.js";
export { bestOf, figureOf, ranked, type Trial } from "./trial.js";
