export { averageMetrics, type ClassMetrics, classMetrics, type Metrics } from "./class-metrics.js";
export { type Confusion, confusionMatrix } from "./confusion-matrix.js";
export { type Evaluation, evaluate } from "./evaluate.js";
export { crossEntropy, predictedClasses, softmax } from "./predictions.js";
export { wilsonInterval } from "./wilson-interval.js";
