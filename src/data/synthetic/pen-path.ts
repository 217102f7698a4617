/** The path of the pen for one way of writing a character, points of all strokes in a row. */
export interface PenPath {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where the path has a corner or ends, 0 where it passes smoothly. */
  readonly corner: Uint8Array;
  /** Index of the first point of every stroke, and the number of points at the end. */
  readonly starts: readonly number[];
}

/** Parses the notation of `skeletons.ts`. */
export function parsePenPath(text: string): PenPath {
  const strokes = text.split("|").map((stroke) => stroke.trim().split(/\s+/));
  const points = strokes.flat();
  const starts = [0];
  for (const stroke of strokes) starts.push(starts[starts.length - 1] + stroke.length);
  const coordinates = points.map((point) => point.replace("*", "").split(",").map(Number));
  const corner = Uint8Array.from(points, (point) => (point.endsWith("*") ? 1 : 0));
  for (let stroke = 0; stroke < strokes.length; stroke++) {
    corner[starts[stroke]] = 1;
    corner[starts[stroke + 1] - 1] = 1;
  }
  return {
    x: Float64Array.from(coordinates, ([x]) => x),
    y: Float64Array.from(coordinates, ([, y]) => y),
    corner,
    starts,
  };
}
