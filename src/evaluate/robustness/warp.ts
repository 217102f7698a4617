/** A grey image in numbers, 0 to 255, `[height, width]`. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Where a pixel takes its value from: `M·(p - centre) + centre - shift`. */
export interface Warp {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

export const noWarp: Warp = { xx: 1, xy: 0, yx: 0, yy: 1, shiftX: 0, shiftY: 0 };

/** The image moved by whole or part pixels, turned, or made larger, bilinearly; outside lies background. */
export function warp({ height, width, values }: Plane, by: Warp): Float64Array {
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const result = new Float64Array(values.length);
  const at = (x: number, y: number): number =>
    x >= 0 && x < width && y >= 0 && y < height ? values[y * width + x] : 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - centreX;
      const dy = y - centreY;
      const sourceX = by.xx * dx + by.xy * dy + centreX - by.shiftX;
      const sourceY = by.yx * dx + by.yy * dy + centreY - by.shiftY;
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      const u = sourceX - left;
      const v = sourceY - top;
      const above = at(left, top) * (1 - u) + at(left + 1, top) * u;
      const below = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
      result[y * width + x] = above * (1 - v) + below * v;
    }
  }
  return result;
}
