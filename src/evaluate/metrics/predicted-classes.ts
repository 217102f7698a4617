import { ShapeError } from "../../base/index.js";

/**
 * The class with the highest score of each row; the first of equals.
 *
 * @param scores - `[n, classes]`: logits or probabilities
 * @returns class indices, `[n]`
 */
export function predictedClasses(scores: Float32Array | Float64Array, classes: number): Int32Array {
  if (scores.length % classes !== 0) {
    throw new ShapeError(
      `predictedClasses: scores must be [n, ${classes}], got ${scores.length} numbers`,
    );
  }
  const rows = scores.length / classes;
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (scores[start + k] > scores[start + best]) best = k;
    predicted[row] = best;
  }
  return predicted;
}
