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
  /** From 0 to 1, where 1 lets an image become as soft as a pen tip of 3 pixels makes it; none if absent. */
  readonly blur?: number;
  /** Standard deviation of what is added to every pixel at most, where ink is 1; none if absent. */
  readonly noise?: number;
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
