export { answerProbabilities } from "./answer-probabilities.js";
export { BoundedReader } from "./bounded-reader.js";
export { crossEntropy } from "./cross-entropy.js";
export { DataError, DeviceError, FormatError, ShapeError } from "./errors.js";
export { log } from "./log.js";
export { logSumExp } from "./log-sum-exp.js";
export { nearest } from "./nearest.js";
export { NOT_A_CHARACTER } from "./not-a-character.js";
export { count, percent, percentNumber } from "./number-text.js";
export {
  type Categories,
  type ImageStep,
  preparedSize,
  type TablePreparation,
  type TableStep,
} from "./preparation.js";
export { Random } from "./random.js";
export { softmax } from "./softmax.js";
