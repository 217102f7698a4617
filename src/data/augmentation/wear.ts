/**
 * What pens, paper and cameras do to an image of a character, beyond deforming it.
 *
 * Each kind of wear comes over an image with the chance `share`, on its own, so that
 * `(1 - share)^9` of the images have none; the bounds say how strong it is at most.
 */
export interface Wear {
  /** From 0 to 1. */
  readonly share: number;
  /** Share of its strength that ink loses, more on one side of the image than on the other. */
  readonly fading: number;
  /** How much steeper the step from paper to ink gets, as where a picture was cut to black and white; 1 is not at all. */
  readonly hardness: number;
  /** Times the image is softened, as where the camera was out of focus. */
  readonly softness: number;
  /** Pixels of a cell of the coarser picture that the image is enlarged from, at most; 1 is none. */
  readonly coarseness: number;
  /** Share of the ink that a dry pen leaves out at most. */
  readonly dryness: number;
  /** How dark the edge of a shadow is that was not taken away; ink is 1. */
  readonly shadow: number;
  /** How dark the unevenness of the paper is. */
  readonly texture: number;
  /** Standard deviation of the camera's noise. */
  readonly noise: number;
  /** How dark parts of printed lines and of other characters near the border are. */
  readonly remnants: number;
  /** From 0 to 1, where 1 leaves the means of 2×2 pixels in few steps, as strongly packed JPEG files do. */
  readonly blocking: number;
}

/** As bad as pictures get that a person still reads at a glance. */
export const ordinaryWear: Wear = {
  share: 0.1,
  fading: 0.85,
  hardness: 6,
  softness: 3,
  coarseness: 3.5,
  dryness: 0.4,
  shadow: 0.3,
  texture: 0.2,
  noise: 0.25,
  remnants: 0.9,
  blocking: 0.8,
};
