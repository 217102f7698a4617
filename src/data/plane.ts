/** A grey picture of real numbers, `[height, width]`, rows from top to bottom. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Part of a plane, in its pixels: from `(left, top)` up to, but without, `(right, bottom)`. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The longer side of a box, in pixels. */
export function lengthOf({ left, top, right, bottom }: Box): number {
  return Math.max(right - left, bottom - top);
}
