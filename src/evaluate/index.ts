export { averageAnswers } from "./average-answers.js";
export { type Evaluation, evaluate } from "./evaluate.js";
export { meanAndSpread, type Spread } from "./mean-and-spread.js";
export {
  averageMetrics,
  type ClassMetrics,
  classMetrics,
  type Metrics,
} from "./metrics/class-metrics.js";
export { type Confusion, confusionMatrix } from "./metrics/confusion-matrix.js";
export { predictedClasses } from "./metrics/predicted-classes.js";
export { type RefusalThreshold, refusalThreshold } from "./metrics/refusal-threshold.js";
export { wilsonInterval } from "./metrics/wilson-interval.js";
export { type PredictOptions, predict } from "./predict.js";
export type { CurvePoint } from "./report/curves.js";
export { type FitVerdict, fitVerdict, type SplitMeasure } from "./report/fit-verdict.js";
export { type Report, renderReport } from "./report/report.js";
export { type Mistake, worstMistakes } from "./worst-mistakes.js";
