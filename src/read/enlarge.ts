import type { Plane } from "../data/index.js";

/** The whole plane at a larger size, interpolated linearly; beyond its border it goes on as it ends. */
export function enlarge(plane: Plane, width: number, height: number): Plane {
  const across = stepsOf(plane.width, width);
  const down = stepsOf(plane.height, height);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const above = down.low[y] * plane.width;
    const below = down.high[y] * plane.width;
    const further = down.share[y];
    for (let x = 0; x < width; x++) {
      const left = across.low[x];
      const right = across.high[x];
      const share = across.share[x];
      const upper = plane.data[above + left] * (1 - share) + plane.data[above + right] * share;
      const lower = plane.data[below + left] * (1 - share) + plane.data[below + right] * share;
      data[y * width + x] = upper * (1 - further) + lower * further;
    }
  }
  return { width, height, data };
}

/** Between which two of `count` pixels each of `wanted` lies, and how far along. */
function stepsOf(count: number, wanted: number) {
  const low = new Int32Array(wanted);
  const high = new Int32Array(wanted);
  const share = new Float64Array(wanted);
  for (let i = 0; i < wanted; i++) {
    const place = Math.min(count - 1, Math.max(0, ((i + 0.5) * count) / wanted - 0.5));
    low[i] = Math.floor(place);
    high[i] = Math.min(count - 1, low[i] + 1);
    share[i] = place - low[i];
  }
  return { low, high, share };
}
