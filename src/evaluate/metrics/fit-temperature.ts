import { crossEntropy } from "../../base/index.js";

/** Temperatures outside of this range are not looked for. */
const COLDEST = 0.05;
const HOTTEST = 20;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Width of the last interval, as a ratio of temperatures. */
const PRECISION = 1e-4;

/**
 * The temperature at which a model's confidence is right on average: the one that makes held-out
 * labels likeliest, `min over T of -Σ log softmax(z/T)[label]` (Guo et al. 2017, section 4.2).
 *
 * Golden-section search over log T: the loss is convex in 1/T, so it has one minimum there too.
 *
 * @param logits - `[samples, classes]`, of images the model was not trained on
 * @param labels - true class index per sample, `[samples]`
 */
export function fitTemperature(logits: Float32Array, labels: Int32Array): number {
  if (labels.length === 0 || logits.length % labels.length !== 0) {
    throw new TypeError(
      `fitTemperature: logits must be [samples, classes], got ${logits.length} values for ${labels.length} labels`,
    );
  }
  let low = Math.log(COLDEST);
  let high = Math.log(HOTTEST);
  const lossAt = (place: number) => {
    const temperature = Math.exp(place);
    const scaled = Float64Array.from(logits, (logit) => logit / temperature);
    return crossEntropy(scaled, labels);
  };
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let leftLoss = lossAt(left);
  let rightLoss = lossAt(right);
  while (high - low > PRECISION) {
    if (leftLoss < rightLoss) {
      [high, right, rightLoss] = [right, left, leftLoss];
      left = high - GOLDEN * (high - low);
      leftLoss = lossAt(left);
    } else {
      [low, left, leftLoss] = [left, right, rightLoss];
      right = low + GOLDEN * (high - low);
      rightLoss = lossAt(right);
    }
  }
  return Math.exp((low + high) / 2);
}
