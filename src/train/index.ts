export type { Best, Checkpoint, CheckpointInterval } from "./checkpoint.js";
export { type CheckpointPurpose, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.js";
export { DivergenceError, type DivergenceOrigin } from "./divergence-error.js";
export { type FitResult, fit } from "./fit.js";
export type { EpochRecord, FitOptions, Progress } from "./fit-options.js";
export { SampleStream } from "./sample-stream.js";
export type { Measure } from "./validation.js";
