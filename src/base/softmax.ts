import { ShapeError } from "./errors.js";
import { logSumExp } from "./log-sum-exp.js";

/**
 * Probabilities of the classes, row by row: `p_k = exp(z_k/T) / Σ_j exp(z_j/T)`.
 *
 * @param logits - `[n, classes]`, of any size: nothing overflows
 * @param options.temperature - T, 1 if not said; above 1 the probabilities draw closer to each other,
 * below 1 apart, their order stays
 * @returns `[n, classes]`
 */
export function softmax(
  logits: ArrayLike<number>,
  classes: number,
  { temperature = 1 }: { temperature?: number } = {},
): Float64Array {
  if (logits.length % classes !== 0) {
    throw new ShapeError(`softmax: logits must be [n, ${classes}], got ${logits.length} numbers`);
  }
  // A loop: `Float64Array.from` with a function takes several times as long.
  const rows = new Float64Array(logits.length);
  for (let i = 0; i < rows.length; i++) rows[i] = logits[i] / temperature;
  for (let start = 0; start < rows.length; start += classes) {
    const logSum = logSumExp(rows, start, classes);
    for (let k = start; k < start + classes; k++) rows[k] = Math.exp(rows[k] - logSum);
  }
  return rows;
}
