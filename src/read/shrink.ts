import { type Plane, resample } from "../data/index.js";

/** The whole plane with its longer side at most `side` pixels, each the mean of what it covers. */
export function shrink(plane: Plane, side: number): Plane {
  const { width, height } = plane;
  const size = Math.max(width, height) / side;
  if (size <= 1) return plane;
  const columns = Math.max(1, Math.round(width / size));
  const rows = Math.max(1, Math.round(height / size));
  return resample(
    plane,
    { left: 0, top: 0, right: width, bottom: height },
    { start: 0, size: width / columns, count: columns },
    { start: 0, size: height / rows, count: rows },
  );
}
