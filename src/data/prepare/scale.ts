import { DataError, type TableStep } from "../../base/index.js";
import type { NumberColumn } from "../table/table.js";
import { chosenColumns, type Frame, isMeasure, withColumns } from "./frame.js";
import { mean } from "./missing.js";
import type { ColumnRequest } from "./parse-steps.js";

type Scaling = Extract<TableStep, { type: "minMax" | "zScore" }>;

/**
 * Learns how columns of numbers are scaled; flags, which are 0 and 1 already, are left alone.
 *
 * `minMax`: from their smallest value to their greatest. `zScore`: by their mean and standard
 * deviation, that of the rows as they are (divided by n). A column of one value has a deviation of
 * exactly 0: the rounding of its mean must not be taken for a scale.
 */
export function fitScale(frame: Frame, request: ColumnRequest<Scaling["type"]>): Scaling {
  const columns = chosenColumns(frame, request, isMeasure);
  if (request.type === "minMax") return { type: "minMax", columns: columns.map(extent) };
  return { type: "zScore", columns: columns.map(spread) };
}

/**
 * `(x - low) / (high - low)`, or `(x - mean) / deviation`; 0 where training had only one value.
 * Values beyond those of training go beyond 0 and 1. A value that is missing stays so.
 */
export function applyScale(frame: Frame, step: Scaling): Frame {
  const scales = new Map<string, { from: number; size: number }>(
    step.type === "minMax"
      ? step.columns.map(({ name, low, high }) => [name, { from: low, size: high - low }])
      : step.columns.map(({ name, mean, deviation }) => [name, { from: mean, size: deviation }]),
  );
  return withColumns(frame, (column) => {
    const scale = scales.get(column.name);
    if (scale === undefined || column.type === "text") return column;
    const { from, size } = scale;
    const scaled = (value: number) => {
      if (size === 0) return Number.isNaN(value) ? value : 0;
      return (value - from) / size;
    };
    return { ...column, values: column.values.map(scaled) };
  });
}

function extent(column: NumberColumn): { name: string; low: number; high: number } {
  const { low, high } = rangeOf(presentOf(column));
  return { name: column.name, ...expectFinite(column.name, { low, high }, high - low) };
}

function rangeOf(values: Float64Array): { low: number; high: number } {
  let [low, high] = [values[0], values[0]];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function spread(column: NumberColumn): { name: string; mean: number; deviation: number } {
  const present = presentOf(column);
  const { low, high } = rangeOf(present);
  if (low === high) return { name: column.name, mean: low, deviation: 0 };
  const middle = mean(present);
  let squares = 0;
  for (const value of present) squares += (value - middle) * (value - middle);
  const deviation = Math.sqrt(squares / present.length);
  return {
    name: column.name,
    ...expectFinite(column.name, { mean: middle, deviation }, deviation),
  };
}

function presentOf({ name, values }: NumberColumn): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length > 0) return present;
  throw new DataError(
    `prepare: column ${name} must have values to be scaled by, got none; leave it out with ignore:${name}`,
  );
}

function expectFinite<T>(name: string, fitted: T, size: number): T {
  if (Number.isFinite(size)) return fitted;
  throw new DataError(
    `prepare: values of column ${name} must be small enough to be scaled, got a spread of ${size}; leave it out with ignore:${name}`,
  );
}
