import { ordinaryWear, type Wear } from "./wear.js";

/** How far images are deformed; each bound is drawn from evenly, in both directions where there are two. */
export interface Augmentation {
  readonly rotationDegrees: number;
  /** 0.1: each side from 10 % shorter to 10 % longer. */
  readonly scale: number;
  /** Sideways pixels per pixel of height. */
  readonly shear: number;
  readonly shiftPx: number;
  /** From 0 to 1, where 1 lets strokes gain or lose a pixel on either side. */
  readonly thickness: number;
  /** Standard deviation of the wobble that is added to the place of every pixel. */
  readonly elasticPx: number;
  /** Pixels by which borders and corners are bent outwards or inwards, a parabola across the image; none if absent. */
  readonly bendPx?: number;
  /** From 0 to 1, where 1 lets an image become as soft as a pen tip of 3 pixels makes it; none if absent. */
  readonly blur?: number;
  /** Standard deviation of what is added to every pixel at most, where ink is 1; none if absent. */
  readonly noise?: number;
  /** Images that were cut out badly; none if absent. */
  readonly misframing?: Misframing;
  /** What pens, paper and cameras do; nothing if absent. */
  readonly wear?: Wear;
}

/** How often, and how far, a character misses the size and the place it ought to have, beyond the other bounds. */
export interface Misframing {
  /** From 0 to 1. */
  readonly share: number;
  /** 0.3: from 30 % shorter to 30 % longer. */
  readonly scale: number;
  readonly shiftPx: number;
}

/** Different enough to teach a network something, and never another character. */
export const lightAugmentation: Augmentation = {
  rotationDegrees: 10,
  scale: 0.1,
  shear: 0.12,
  shiftPx: 1.5,
  thickness: 0.5,
  elasticPx: 0.6,
};

/** For models that are to read ink that was never cleaned for them. */
export const strongAugmentation: Augmentation = {
  rotationDegrees: 15,
  scale: 0.12,
  shear: 0.25,
  shiftPx: 1.5,
  thickness: 0.6,
  elasticPx: 0.7,
  bendPx: 1.5,
  misframing: { share: 0.2, scale: 0.3, shiftPx: 3 },
  wear: ordinaryWear,
};
