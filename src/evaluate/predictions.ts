import { logSumExp, ShapeError } from "../base/index.js";

/**
 * The class with the highest score of each row; the first of equals.
 *
 * @param scores - `[n, classes]`: logits or probabilities
 * @returns class indices, `[n]`
 */
export function predictedClasses(scores: Float32Array, classes: number): Int32Array {
  const rows = rowsOf(scores, classes);
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (scores[start + k] > scores[start + best]) best = k;
    predicted[row] = best;
  }
  return predicted;
}

/**
 * Probabilities of the classes, `p_k = exp(z_k - m) / Σ_j exp(z_j - m)` with `m = max z`: taking
 * the maximum away changes nothing and keeps the exponentials from overflowing.
 *
 * @param logits - `[n, classes]`
 */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < rowsOf(logits, classes) * classes; start += classes) {
    const logSum = logSumExp(logits, start, classes);
    for (let k = start; k < start + classes; k++) probabilities[k] = Math.exp(logits[k] - logSum);
  }
  return probabilities;
}

/**
 * Mean cross-entropy, `1/n Σ_i (log Σ_k exp z_ik - z_i,label(i))`, in nats; 0 is best, and
 * `log classes` is what guessing gets.
 *
 * @param logits - `[n, classes]`
 * @param labels - class indices, `[n]`
 */
export function crossEntropy(logits: Float32Array, labels: Int32Array, classes: number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    sum += logSumExp(logits, start, classes) - logits[start + labels[row]];
  }
  return sum / labels.length;
}

function rowsOf(scores: Float32Array, classes: number): number {
  if (scores.length % classes !== 0) {
    throw new ShapeError(
      `scores: length must be a multiple of the ${classes} classes, got ${scores.length}`,
    );
  }
  return scores.length / classes;
}
