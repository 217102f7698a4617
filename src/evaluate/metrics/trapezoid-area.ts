/** Area under a curve, `Σ (x_i - x_i-1)·(y_i + y_i-1)/2`, with x rising. */
export function trapezoidArea(x: readonly number[], y: readonly number[]): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}
