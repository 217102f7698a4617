export { averageAnswers } from "./average-answers.js";
export {
  type Accuracy,
  answersAs,
  type BeforeAndAfter,
  beforeAndAfter,
  whatGotWorse,
} from "./before-and-after.js";
export { compareModels } from "./compare/compare-models.js";
export type {
  ComparedModel,
  ComparedPair,
  Comparison,
  ComparisonStep,
  Contender,
  Disagreement,
} from "./compare/comparison.js";
export { renderComparison } from "./compare/comparison-page.js";
export { disagreementPicture } from "./compare/disagreement-picture.js";
export { pText, signedPoints, thresholdsText } from "./compare/explain-step.js";
export { mcnemarExact } from "./compare/mcnemar.js";
export { type BootstrapInterval, pairedBootstrap } from "./compare/paired-bootstrap.js";
export { type Cell, csv } from "./csv.js";
export { type Evaluation, evaluate, type SampleNoun } from "./evaluate.js";
export { type FittedReading, fitReading } from "./fit-reading.js";
export { type FitVerdict, fitVerdict, type SplitMeasure } from "./fit-verdict.js";
export { type ForcedChoice, forcedChoice } from "./forced-choice.js";
export { meanAndSpread, type Spread } from "./mean-and-spread.js";
export { type Agreement, agreement } from "./metrics/agreement.js";
export { type Calibration, calibration, type ReliabilityBin } from "./metrics/calibration.js";
export {
  averageMetrics,
  type ClassMetrics,
  classMetrics,
  type Metrics,
  type Ratio,
} from "./metrics/class-metrics.js";
export { type Confusion, confusionMatrix } from "./metrics/confusion-matrix.js";
export { fitTemperature } from "./metrics/fit-temperature.js";
export { mostProbable } from "./metrics/most-probable.js";
export { type Normalization, normalizeConfusion } from "./metrics/normalize-confusion.js";
export {
  type CurvePair,
  type Curves,
  type MacroCurves,
  oneVersusRest,
} from "./metrics/one-versus-rest.js";
export type { PrecisionRecallCurve } from "./metrics/precision-recall-curve.js";
export { predictedClasses } from "./metrics/predicted-classes.js";
export { refusalThreshold } from "./metrics/refusal-threshold.js";
export { coverageAtError, type RejectPoint, rejectCurve } from "./metrics/reject-curve.js";
export type { RocCurve } from "./metrics/roc-curve.js";
export { separation } from "./metrics/separation.js";
export { topKAccuracy } from "./metrics/top-k-accuracy.js";
export { wilsonInterval } from "./metrics/wilson-interval.js";
export { pairedPermutationTest } from "./paired-permutation-test.js";
export { type PredictOptions, predict } from "./predict.js";
export { type ConfusionSvgOptions, confusionSvg } from "./report/confusion-svg.js";
export type { CurvePoint } from "./report/curves.js";
export { evaluationFiles } from "./report/evaluation-files.js";
export { type Report, renderReport } from "./report/report.js";
export { reportData } from "./report/report-data.js";
export { corruptedSet } from "./robustness/corrupted-set.js";
export { type Corruption, corruptions } from "./robustness/corruptions.js";
export {
  measureRobustness,
  type Robustness,
  type RobustnessRow,
  type Subject,
} from "./robustness/robustness.js";
export { type CorruptionSamples, corruptionSamples } from "./robustness/robustness-table.js";
export { renderTuning } from "./tuning/tuning-page.js";
export type { TuningDimension, TuningReport, TuningTrial } from "./tuning/tuning-report.js";
