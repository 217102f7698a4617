import { DataError, type TableStep } from "../../base/index.js";
import { isMissing } from "../table/table.js";
import { type Frame, type FrameColumn, type PrepareNotes, withColumns, withRows } from "./frame.js";
import type { TableRequest } from "./parse-steps.js";

type Missing = Extract<TableStep, { type: "missing" }>;
type Request = Extract<TableRequest, { type: "missing" }>;

/**
 * Learns what to put in the place of missing values: the mean or the median of a column of numbers,
 * the most frequent of texts (of equally frequent ones the first in their order), or a constant.
 * Of every column, as values may be missing in use where none was in training.
 */
export function fitMissing(frame: Frame, request: Request): Missing {
  const { type, fill } = request;
  if (fill === "drop") return { type, fill, columns: [] };
  const columns = frame.columns.map((column) => ({
    name: column.name,
    value: fill === "constant" ? constant(column, request.value) : typical(column, fill),
  }));
  return { type, fill, columns };
}

/** Fills or leaves out; counts what was missing. */
export function applyMissing(frame: Frame, { fill, columns }: Missing, notes: PrepareNotes): Frame {
  for (const column of frame.columns) {
    let count = 0;
    for (let row = 0; row < frame.rows.length; row++) if (isMissing(column, row)) count++;
    if (count > 0) notes.missing.push({ column: column.name, count });
  }
  if (fill === "drop") {
    const kept = Array.from(frame.rows.keys()).filter(
      (row) => !frame.columns.some((column) => isMissing(column, row)),
    );
    notes.dropped += frame.rows.length - kept.length;
    return kept.length === frame.rows.length ? frame : withRows(frame, kept);
  }
  const values = new Map(columns.map(({ name, value }) => [name, value]));
  return withColumns(frame, (column) => filled(column, values.get(column.name)));
}

function filled(column: FrameColumn, value: number | string | undefined): FrameColumn {
  if (column.type === "text") {
    return { ...column, values: column.values.map((text) => text ?? (value as string)) };
  }
  const values = column.values.map((number) => (Number.isNaN(number) ? (value as number) : number));
  return { ...column, values };
}

function constant(column: FrameColumn, value: string): number | string {
  if (column.type === "text") return value;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw new DataError(
    `prepare: missing:constant must be a number for the column ${column.name}, got ${JSON.stringify(value)}`,
  );
}

function typical(column: FrameColumn, fill: "mean" | "median"): number | string {
  if (column.type === "text") {
    const present = column.values.filter((text) => text !== undefined);
    return mostFrequent(expectSome(column, present));
  }
  const present = column.values.filter((value) => !Number.isNaN(value));
  return fill === "mean" ? mean(expectSome(column, present)) : median(expectSome(column, present));
}

function expectSome<T extends { readonly length: number }>({ name }: FrameColumn, present: T): T {
  if (present.length > 0) return present;
  throw new DataError(
    `prepare: column ${name} must have values to fill its gaps by, got none; leave it out with ignore:${name}`,
  );
}

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The value in the middle, or the mean of the two there. */
function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best = texts[0];
  for (const [text, count] of counts) {
    const most = counts.get(best)!;
    if (count > most || (count === most && text < best)) best = text;
  }
  return best;
}
