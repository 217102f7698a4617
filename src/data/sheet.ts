import { FormatError } from "../base/index.js";
import type { SheetLayout } from "./catalog.js";
import type { ImageSet } from "./image-set.js";
import type { Picture } from "./picture.js";
import { subset } from "./sample-set.js";

/**
 * Cuts a grey sheet into its cells, in reading order.
 *
 * The rows are shared out equally among the classes: with 50 rows and 10 classes, rows 0 to 4 hold
 * the first class, and so on.
 *
 * @param options.source - what to call the sheet in errors
 */
export function cutSheet(
  sheet: Picture,
  layout: SheetLayout,
  { classes, source }: { readonly classes: readonly string[]; readonly source: string },
): ImageSet {
  const { rows, columns, cellPx } = layout;
  if (sheet.width !== columns * cellPx || sheet.height !== rows * cellPx) {
    const expected = `${columns * cellPx}×${rows * cellPx}`;
    throw new FormatError(
      source,
      `must have ${expected} pixels, got ${sheet.width}×${sheet.height}`,
    );
  }
  const count = rows * columns;
  const images = new Uint8Array(count * cellPx * cellPx);
  const labels = new Int32Array(count);
  let target = 0;
  for (let cell = 0; cell < count; cell++) {
    const row = Math.floor(cell / columns);
    labels[cell] = Math.floor((row * classes.length) / rows);
    const left = (cell % columns) * cellPx;
    for (let y = row * cellPx; y < (row + 1) * cellPx; y++) {
      for (let x = left; x < left + cellPx; x++) {
        images[target++] = sheet.data[4 * (y * sheet.width + x)];
      }
    }
  }
  return { count, height: cellPx, width: cellPx, channels: 1, images, labels, classes };
}

/** The cells of the left half of a sheet for training, those of the right half for testing. */
export function splitSheet(
  cells: ImageSet,
  { columns }: SheetLayout,
): { train: ImageSet; test: ImageSet } {
  const every = Array.from({ length: cells.count }, (_, i) => i);
  const isLeft = (cell: number): boolean => cell % columns < columns / 2;
  return {
    train: subset(cells, every.filter(isLeft)),
    test: subset(
      cells,
      every.filter((cell) => !isLeft(cell)),
    ),
  };
}
