import { type ImageSet, imageAt } from "./image-set.js";

/** Images looked at, spread over the set. */
const SAMPLES = 1000;
const HALF = 128;

/** Whether the images hold bright ink on dark or the reverse: the ground is what there is more of. */
export function polarityOfSet(set: ImageSet): "bright" | "dark" {
  let bright = 0;
  let all = 0;
  for (const index of sampled(set)) {
    const image = imageAt(set, index);
    for (const value of image) if (value >= HALF) bright++;
    all += image.length;
  }
  return 2 * bright > all ? "dark" : "bright";
}

/**
 * Whether handwritten characters lie with rows and columns exchanged, as EMNIST's do in its files:
 * upright, the ink of most is taller than wide.
 */
export function isTransposed(set: ImageSet): boolean {
  const isInk = polarityOfSet(set) === "bright" ? isBright : isDark;
  let excess = 0;
  for (const index of sampled(set)) {
    const { height, width } = extentOf(imageAt(set, index), set, isInk);
    excess += Math.sign(height - width);
  }
  return excess < 0;
}

function* sampled({ count }: ImageSet): Generator<number> {
  const stride = Math.max(1, Math.floor(count / SAMPLES));
  for (let index = 0; index < count; index += stride) yield index;
}

function isBright(value: number): boolean {
  return value >= HALF;
}

function isDark(value: number): boolean {
  return value < HALF;
}

/** Rows and columns from the first to the last with ink. */
function extentOf(
  image: Uint8Array,
  { height, width, channels }: ImageSet,
  isInk: (value: number) => boolean,
): { height: number; width: number } {
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!isInk(image[(row * width + column) * channels])) continue;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
    }
  }
  return { height: Math.max(0, bottom - top), width: Math.max(0, right - left) };
}
