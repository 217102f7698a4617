/** A picture of any size, as a canvas or an image decoder gives it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha (not premultiplied), `[height, width, 4]`. */
  readonly data: Uint8Array | Uint8ClampedArray;
}
