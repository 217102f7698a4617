import type { ImageSet } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";

/** The ink of MNIST fills a box of 20 of its 28 pixels. */
const BOX_SHARE = 20 / 28;

/** How a picture becomes an input like the images of this set: framed as MNIST is, at its size. */
export function preprocessingOf({ width, height }: ImageSet): Preprocessing {
  return {
    framing: "mnist",
    width,
    height,
    box: Math.round(BOX_SHARE * Math.min(width, height)),
    center: "mass",
    range: [0, 1],
    ink: "bright",
  };
}
