import { encodePng, type ImageSet, imageAt } from "../../data/index.js";
import type { Comparison, Disagreement } from "./comparison.js";

const COLUMNS = 25;
/** Most images of a picture. */
const MAX_IMAGES = 500;
/** Side of an image's pixel, height of a mark, and space between images, in pixels. */
const SCALE = 2;
const MARK = 5;
const GAP = 8;
const RIGHT = [23, 112, 63];
const WRONG = [206, 62, 42];

/**
 * The images on which models disagree as one PNG file, at most 500, in {@link byInterest}. Below each
 * image a mark a model, in their order: green where it reads it right, red where not.
 */
export async function disagreementPicture(
  { disagreements }: Comparison,
  set: ImageSet,
): Promise<Uint8Array> {
  const shown = byInterest(disagreements).slice(0, MAX_IMAGES);
  const columns = Math.min(COLUMNS, Math.max(1, shown.length));
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const [cellWidth, cellHeight] = [set.width * SCALE + GAP, set.height * SCALE + MARK + 1 + GAP];
  const [width, height] = [columns * cellWidth + GAP, rows * cellHeight + GAP];
  const pixels = new Uint8Array(3 * width * height).fill(238);
  const paint = (x: number, y: number, colour: readonly number[]): void =>
    pixels.set(colour, 3 * (y * width + x));
  shown.forEach(({ index, actual, readings }, place) => {
    const left = GAP + (place % columns) * cellWidth;
    const top = GAP + Math.floor(place / columns) * cellHeight;
    const image = imageAt(set, index);
    for (let y = 0; y < set.height * SCALE; y++) {
      for (let x = 0; x < set.width * SCALE; x++) {
        const pixel = Math.floor(y / SCALE) * set.width + Math.floor(x / SCALE);
        const paper = 255 - image[pixel * set.channels];
        paint(left + x, top + y, [paper, paper, paper]);
      }
    }
    for (let x = 0; x < set.width * SCALE; x++) {
      const { predicted } = readings[Math.floor((x * readings.length) / (set.width * SCALE))];
      const colour = predicted === actual ? RIGHT : WRONG;
      for (let y = 0; y < MARK; y++) paint(left + x, top + set.height * SCALE + 1 + y, colour);
    }
  });
  return encodePng(pixels, { width, height });
}

/** Those most models misread first; the images as they come where as many do. */
export function byInterest(disagreements: readonly Disagreement[]): Disagreement[] {
  const wrong = ({ actual, readings }: Disagreement): number =>
    readings.filter(({ predicted }) => predicted !== actual).length;
  return disagreements.toSorted((a, b) => wrong(b) - wrong(a));
}
