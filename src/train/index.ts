export { adapt } from "./adapt/adapt.js";
export type { Adaptation, AdaptedPart, AdaptOptions, HeldOut } from "./adapt/adapt-options.js";
export { labelledBy } from "./adapt/add-classes.js";
export { drawnRehearsal, rehearsalFor } from "./adapt/rehearsal.js";
export { withReading } from "./adapt/with-reading.js";
export type { Best, Checkpoint, CheckpointInterval } from "./checkpoint.js";
export { type CheckpointPurpose, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.js";
export { DivergenceError, type DivergenceOrigin } from "./divergence-error.js";
export { estimateTraining, type TrainingEstimate } from "./estimate-training.js";
export { type FitResult, fit } from "./fit.js";
export type { EpochRecord, FitOptions, Progress } from "./fit-options.js";
export { type OverfitResult, overfitBatch } from "./overfit-batch.js";
export { flopsOf, watchedBackend } from "./plan-flops.js";
export { SampleStream } from "./sample-stream.js";
export {
  bestOf,
  figureOf,
  gridSize,
  importances,
  type Outcome,
  type Pruner,
  type PrunerName,
  parseSearchSpace,
  pruners,
  ranked,
  runStudy,
  type Sampler,
  type SamplerName,
  type SearchDimension,
  type SearchPoint,
  type SearchSpace,
  type SearchValue,
  type StudyOptions,
  samplerOf,
  type Trial,
} from "./tune/index.js";
export type { Measure } from "./validation.js";
