/**
 * What most programs need, in Node and in browsers alike: images, models, training, evaluation,
 * reading. The rest of each room is an entry of its own (`inkling/nn`, `inkling/data` …); files,
 * downloads and threads of Node are `inkling/node`.
 */
export { DataError, DeviceError, FormatError, Random, ShapeError, softmax } from "./base/index.js";
export {
  type Augmentation,
  type DataSet,
  encodePng,
  type FeatureSet,
  fitPreparation,
  type ImageSet,
  labelTable,
  lightAugmentation,
  type Picture,
  parseSteps,
  prepareImages,
  prepareTable,
  readTable,
  type SampleSet,
  splitStratified,
  subset,
  synthetic,
  type Table,
} from "./data/index.js";
export {
  type Backend,
  browserThreadHost,
  referenceBackend,
  wasmBackend,
} from "./engine/index.js";
export {
  type Evaluation,
  evaluate,
  predict,
  renderReport,
  wilsonInterval,
} from "./evaluate/index.js";
export {
  activation,
  averagePool2d,
  batchNorm,
  conv2d,
  decodeAnyModelFile,
  decodeModelFile,
  dense,
  describeModel,
  dropout,
  encodeModelFile,
  flatten,
  globalAveragePool,
  type LayerDescription,
  type LossDescription,
  type ModelDescription,
  type ModelFile,
  maxPool2d,
  mnistFraming,
  model,
  noFraming,
  type OptimizerDescription,
  type Preprocessing,
  parseModel,
  type ScheduleDescription,
  type TableModelFile,
  type Weights,
} from "./nn/index.js";
export { createReader, type Reader, type Reading } from "./read/index.js";
export {
  type Checkpoint,
  DivergenceError,
  decodeCheckpoint,
  type EpochRecord,
  encodeCheckpoint,
  type FitOptions,
  type FitResult,
  fit,
  type Progress,
} from "./train/index.js";
export { modelFor, type Recipe, recipe, recipes } from "./zoo/index.js";
