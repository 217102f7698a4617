/** Temperatures outside of this range are not looked for. */
const COLDEST = 0.05;
const HOTTEST = 20;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Width of the last interval, as a ratio of temperatures. */
const PRECISION = 1e-4;

/**
 * Probabilities from one row of logits, `pᵢ = exp(zᵢ/T) / Σ exp(zⱼ/T)`.
 *
 * Above 1 the temperature makes the model less sure of itself, below 1 surer; the order stays.
 */
export function softmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  const scaled = Float64Array.from(logits, (logit) => logit / temperature);
  const highest = scaled.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = scaled.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

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
  const lossAt = (place: number) => negativeLogLikelihood(logits, labels, Math.exp(place));
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

function negativeLogLikelihood(
  logits: Float32Array,
  labels: Int32Array,
  temperature: number,
): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    let highest = -Infinity;
    for (const logit of row) highest = Math.max(highest, logit);
    let powers = 0;
    for (const logit of row) powers += Math.exp((logit - highest) / temperature);
    sum += Math.log(powers) + (highest - row[labels[i]]) / temperature;
  }
  return sum / labels.length;
}
