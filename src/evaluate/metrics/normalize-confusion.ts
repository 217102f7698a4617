import type { Confusion } from "./confusion-matrix.js";

/**
 * What a cell is a share of: `row`, the images of its true class, so that the diagonal is recall;
 * `column`, the images called its class, so that the diagonal is precision; `all` images.
 */
export type Normalization = "row" | "column" | "all";

/**
 * The confusion matrix as shares in [0, 1]; 0 throughout a row or column without images, as with
 * scikit-learn's `normalize`.
 *
 * @param confusion - counts, `[actual][predicted]`
 * @returns the shares, `[actual][predicted]`
 */
export function normalizeConfusion(confusion: Confusion, by: Normalization): number[][] {
  const rows = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = confusion.map((_, k) => confusion.reduce((sum, row) => sum + row[k], 0));
  const all = rows.reduce((sum, count) => sum + count, 0);
  return confusion.map((row, actual) =>
    row.map((count, predicted) => {
      const whole = { row: rows[actual], column: columns[predicted], all }[by];
      return whole === 0 ? 0 : count / whole;
    }),
  );
}
