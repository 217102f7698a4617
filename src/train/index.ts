export { DivergenceError } from "./divergence-error.js";
export { type EpochRecord, type FitOptions, type FitResult, fit, type Progress } from "./fit.js";
export { SampleStream } from "./sample-stream.js";
export type { Measure } from "./validation.js";
