import type { Random } from "../../base/index.js";
import { type Augmentation, lightAugmentation } from "./augmentation.js";
import { BORDER_PX, InkSheet } from "./ink-sheet.js";
import { addNoise } from "./noise.js";
import { WarpField } from "./warp-field.js";
import { WearOut } from "./wear-out.js";

/**
 * Deforms grey images of one size at random, so that a network never sees the same one twice.
 *
 * Strokes grow or shrink, then the image is softened; every pixel takes its value bilinearly from
 * where a {@link WarpField} says; noise and wear come last. Outside an image lies background.
 *
 * Uses `+ - * / √` only: the same random numbers give the same bits on every machine. Memory for the
 * work is taken once.
 */
export class Augmenter {
  readonly #height: number;
  readonly #width: number;
  readonly #bounds: Augmentation;
  readonly #sheet: InkSheet;
  readonly #field: WarpField;
  readonly #wearOut: WearOut | undefined;

  constructor(
    { height, width }: { readonly height: number; readonly width: number },
    bounds: Augmentation = lightAugmentation,
  ) {
    this.#height = height;
    this.#width = width;
    this.#bounds = bounds;
    this.#sheet = new InkSheet(height, width);
    this.#field = new WarpField({ height, width }, bounds);
    this.#wearOut = bounds.wear && new WearOut({ height, width }, bounds.wear);
  }

  /**
   * Writes a deformed copy of one image.
   *
   * @param image - pixels 0 to 255, `[height, width]`
   * @param options.target - gets values from 0 to 1, `[height, width]`
   */
  augment(
    image: Uint8Array,
    { target, random }: { readonly target: Float32Array | Float64Array; readonly random: Random },
  ): void {
    const { thickness, blur = 0, noise = 0, wear } = this.#bounds;
    this.#sheet.load(image);
    if (thickness > 0) this.#sheet.thicken(thickness * random.between(-1, 1));
    if (blur > 0) this.#sheet.blur(blur * random.uniform());
    if (wear !== undefined && random.uniform() < wear.share) this.#soften(wear.softness, random);
    this.#field.draw(random);
    this.#warp(target);
    const pixels = target.subarray(0, this.#height * this.#width);
    if (noise > 0) addNoise(pixels, noise * random.uniform(), random);
    this.#wearOut?.wear(pixels, random);
  }

  #soften(times: number, random: Random): void {
    const amount = times * random.uniform();
    for (let left = amount; left > 0; left--) this.#sheet.blur(Math.min(1, left));
  }

  #warp(target: Float32Array | Float64Array): void {
    const { pixels, stride } = this.#sheet;
    const { sourceX, sourceY } = this.#field;
    const width = this.#width;
    // Between these lies all that ink can reach, counted without the border.
    const left = this.#sheet.left - BORDER_PX - 1;
    const right = this.#sheet.right - BORDER_PX + 1;
    const above = this.#sheet.top - BORDER_PX - 1;
    const below = this.#sheet.bottom - BORDER_PX + 1;
    target.fill(0, 0, this.#height * width);
    for (let y = 0; y < this.#height; y++) {
      if (!this.#field.moveTo(y, { above, below })) continue;
      for (let x = 0; x < width; x++) {
        const placeX = sourceX[x];
        const placeY = sourceY[x];
        if (!(placeX > left && placeX < right && placeY > above && placeY < below)) continue;
        const column = (placeX + BORDER_PX) | 0;
        const row = (placeY + BORDER_PX) | 0;
        const u = placeX + BORDER_PX - column;
        const v = placeY + BORDER_PX - row;
        const i = row * stride + column;
        const upper = pixels[i] + u * (pixels[i + 1] - pixels[i]);
        const lower = pixels[i + stride] + u * (pixels[i + stride + 1] - pixels[i + stride]);
        target[y * width + x] = upper + v * (lower - upper);
      }
    }
  }
}
