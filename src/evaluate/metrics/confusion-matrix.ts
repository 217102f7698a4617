import { ShapeError } from "../../base/index.js";

/** Counts, `[actual][predicted]`. */
export type Confusion = readonly (readonly number[])[];

/**
 * Counts of every pair of true and predicted class: `matrix[actual][predicted]`.
 *
 * @param predicted - class indices, `[n]`
 * @param actual - class indices, `[n]`
 * @returns `[classes][classes]`; the sum of all cells is n, that of the diagonal the right ones
 */
export function confusionMatrix(
  predicted: Int32Array,
  actual: Int32Array,
  { classes }: { readonly classes: number },
): Confusion {
  if (predicted.length !== actual.length) {
    throw new ShapeError(
      `confusionMatrix: needs one label a prediction, got ${actual.length} labels for ${predicted.length} predictions`,
    );
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < actual.length; i++) {
    const row = matrix[actual[i]];
    if (row === undefined || !(predicted[i] >= 0 && predicted[i] < classes)) {
      throw new RangeError(
        `confusionMatrix: classes must be 0 to ${classes - 1}, got ${actual[i]} and ${predicted[i]} at ${i}`,
      );
    }
    row[predicted[i]]++;
  }
  return matrix;
}
