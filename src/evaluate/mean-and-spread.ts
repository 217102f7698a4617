import { DataError } from "../base/index.js";

/** One figure of several trainings. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Of the sample, with n - 1; 0 for a single value. */
  readonly deviation: number;
}

/** Mean, range and standard deviation of some values, at least one. */
export function meanAndSpread(values: readonly number[]): Spread {
  const n = values.length;
  if (n === 0) throw new DataError("meanAndSpread: needs at least one value, got none");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    n,
    mean,
    min: Math.min(...values),
    max: Math.max(...values),
    deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)),
  };
}
