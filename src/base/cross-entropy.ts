import { logSumExp } from "./log-sum-exp.js";

/**
 * Mean cross-entropy, `1/n Σ_i (log Σ_k exp z_ik - z_i,label(i))`, in nats; 0 is best, and
 * `log classes` is what guessing gets.
 *
 * @param logits - `[n, classes]`
 * @param labels - class indices, `[n]`
 */
export function crossEntropy(logits: ArrayLike<number>, labels: Int32Array): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    sum += logSumExp(logits, start, classes) - logits[start + labels[row]];
  }
  return sum / labels.length;
}
