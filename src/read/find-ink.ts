import type { Picture, Plane } from "../data/index.js";
import { backdropOf } from "./backdrop.js";
import { withoutGrain } from "./grain.js";
import { takeGroundAway } from "./ground.js";
import { inkOf } from "./ink.js";
import { luminanceOf } from "./luminance.js";
import { polarityOf } from "./polarity.js";
import { withoutPrintedLines } from "./printed-lines.js";
import { pageWithin } from "./surround.js";
import type { Watch } from "./watch.js";

/** A picture narrower than this has no room for a stroke and the ground on both sides, in pixels. */
const LEAST_SIDE = 4;

/** The ink of a picture. */
export interface FoundInk {
  /** Bright on 0. */
  readonly plane: Plane;
  /** Ink from which a pixel cannot be noise. */
  readonly evident: number;
  /** Whether the ground is of one level throughout, as in an image of a data set. */
  readonly isClean: boolean;
  /** Where its first pixel lies in the picture, and how many of the picture's it stands for, a side. */
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/**
 * Finds the ink of a picture: any size, dark on light or light on dark, see-through. `undefined`
 * where there is none, be the picture of one colour, unevenly lit or noisy.
 *
 * The stages: lay it on a backdrop → luminance → the page, if it lies on something → take the
 * ground away → find the polarity → keep the ink → take printed lines out.
 *
 * @param watch - is shown the result of every stage
 */
export function findInk(picture: Picture, watch?: Watch): FoundInk | undefined {
  const whole = luminanceOf(picture, backdropOf(picture));
  watch?.("luminance", whole);
  const page = pageWithin(whole);
  const luminance = page?.plane ?? whole;
  if (page !== undefined) watch?.("page", luminance);
  if (Math.min(luminance.width, luminance.height) < LEAST_SIDE) return undefined;
  const relief = takeGroundAway(withoutGrain(luminance));
  watch?.("flattened", relief.plane);
  const polarity = polarityOf(relief);
  if (polarity === undefined) return undefined;
  const { plane: ink, evident } = inkOf(relief, polarity);
  watch?.("ink", ink);
  const plane = withoutPrintedLines(ink);
  if (plane !== ink) watch?.("without lines", plane);
  return {
    plane,
    evident,
    isClean: relief.noise === 0 && plane === ink,
    left: page?.left ?? 0,
    top: page?.top ?? 0,
    scale: picture.width / whole.width,
  };
}
