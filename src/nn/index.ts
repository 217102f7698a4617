export type { Activation } from "./activations.js";
export { compileInference, type InferenceProgram } from "./compile-inference.js";
export { compileTraining, type TrainingOptions } from "./compile-training.js";
export { describeModel, type LayerSummary } from "./describe-model.js";
export { expectSampleShape } from "./expect-sample-shape.js";
export { findNonFinite, type StepInQuestion } from "./find-non-finite.js";
export type { Initializer } from "./initializers.js";
export type { LayerDescription } from "./layers/layer-kinds.js";
export { type LossDescription, lossCheck, type TargetKind } from "./losses.js";
export { meanLoss } from "./mean-loss.js";
export {
  activation,
  averagePool2d,
  batchNorm,
  closingActivation,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  type ModelDescription,
  maxPool2d,
  model,
} from "./model.js";
export { parseBoundedJson } from "./model-file/bounded-json.js";
export {
  decodeAnyModelFile,
  decodeModelFile,
  encodeModelFile,
  type ModelFile,
  modelFileProblem,
  type ReadingOptions,
  type TableModelFile,
} from "./model-file/model-file.js";
export {
  emnistFraming,
  mnistFraming,
  noFraming,
  type Preprocessing,
} from "./model-file/preprocessing.js";
export {
  decodeDoubles,
  decodeSafetensors,
  decodeTensor,
  encodeSafetensors,
  encodeTensor,
  type Safetensors,
  type Tensor,
} from "./model-file/safetensors.js";
export { type OptimizerDescription, optimizerCheck } from "./optimizers.js";
export { parseModel } from "./parse-model.js";
export {
  learningRateAt,
  type ScheduleDescription,
  scheduleCheck,
} from "./schedules.js";
/** Checks of plain data from outside, and how a value is shown in an error. */
export * as schema from "./schema.js";
export type { SampleBank, TrainingProgram, TrainingState } from "./training-program.js";
export { initialWeights, type WeightArray, type Weights } from "./weights.js";
