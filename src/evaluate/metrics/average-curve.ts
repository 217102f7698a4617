/** A line by its points, x rising; equal x make a vertical stretch. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Mean height of curves at every x where one of them bends (vertical averaging, Fawcett 2006,
 * section 8): each curve is straight between its points, and a vertical stretch counts with its
 * lower end on the left and its upper end on the right. So the area under the average is the average
 * of the areas.
 *
 * @param curves - at least one, all over the same range of x
 */
export function averageCurve(curves: readonly Curve[]): Curve {
  const bends = Float64Array.from(new Set(curves.flatMap(({ x }) => x))).sort();
  const left = new Float64Array(bends.length);
  const right = new Float64Array(bends.length);
  for (const curve of curves) addHeights(curve, { bends, left, right });
  const x: number[] = [];
  const y: number[] = [];
  bends.forEach((bend, i) => {
    for (const total of left[i] === right[i] ? [left[i]] : [left[i], right[i]]) {
      x.push(bend);
      y.push(total / curves.length);
    }
  });
  return { x, y };
}

/** Adds the height of one curve at each bend, as reached from the left and as left to the right. */
function addHeights(
  { x, y }: Curve,
  { bends, left, right }: { bends: Float64Array; left: Float64Array; right: Float64Array },
): void {
  // The first point at or after the bend.
  let next = 0;
  bends.forEach((bend, i) => {
    while (x[next] < bend) next++;
    if (x[next] > bend) {
      const share = (bend - x[next - 1]) / (x[next] - x[next - 1]);
      const height = y[next - 1] + share * (y[next] - y[next - 1]);
      left[i] += height;
      right[i] += height;
      return;
    }
    left[i] += y[next];
    while (x[next + 1] === bend) next++;
    right[i] += y[next];
  });
}
