import { DataError } from "../base/index.js";
import { drawImage, type GreyPicture } from "./draw-image.js";
import type { ImageSet } from "./image-set.js";

const GAP = 2;
const PAPER = 48;
/** Most pixels of a sheet: what can still be opened and looked over. */
const MAX_PIXELS = 64_000_000;

/**
 * A sheet to look over a set: one row a class, its first images side by side.
 *
 * Throws a `DataError` where it would have more than 64 megapixels.
 *
 * @param options.columns - images of a class shown
 */
export function contactSheet(
  set: ImageSet,
  { columns = 20 }: { readonly columns?: number } = {},
): GreyPicture {
  const { width, height } = set;
  const stepX = width + GAP;
  const stepY = height + GAP;
  const sheetWidth = columns * stepX + GAP;
  const sheetHeight = set.classes.length * stepY + GAP;
  if (sheetWidth * sheetHeight > MAX_PIXELS) {
    throw new DataError(
      `contactSheet: must have at most ${MAX_PIXELS / 1e6} megapixels, got ${sheetWidth} × ${sheetHeight} for ${set.classes.length} classes of ${width} × ${height}`,
    );
  }
  const pixels = new Uint8Array(sheetWidth * sheetHeight).fill(PAPER);
  const sheet = { width: sheetWidth, height: sheetHeight, pixels };
  const shown = new Array<number>(set.classes.length).fill(0);
  for (let i = 0; i < set.count; i++) {
    const label = set.labels[i];
    if (shown[label] === columns) continue;
    const left = GAP + shown[label] * stepX;
    const top = GAP + label * stepY;
    shown[label] += 1;
    drawImage(set, i, { onto: sheet, left, top });
  }
  return sheet;
}
