import { DataError, nearest } from "../../base/index.js";
import { type Column, columnRows, type NumberColumn, type TextColumn } from "../table/table.js";

/** Features of one table, at most. */
const MAX_FEATURES = 65_536;
/** Numbers of one prepared table, at most: 512 MiB while it is prepared, 256 MiB as features. */
const MAX_NUMBERS = 2 ** 26;

/** A column on its way through the steps. A flag is 1 where a row is of one category, 0 elsewhere. */
export type FrameColumn = Column & { readonly isFlag?: boolean };

/** Columns on their way from a file to a model. */
export interface Frame {
  /** What the file is called in errors. */
  readonly source: string;
  readonly columns: readonly FrameColumn[];
  /** Row of the table that was read per row, `[count]`. */
  readonly rows: Int32Array;
  /** Row of the file per row of the table that was read. */
  readonly rowNumbers: Int32Array;
}

/** What the steps met, told beside the result. */
export interface PrepareNotes {
  /** Rows that came in. */
  readonly rows: number;
  /** Rows left out because a value was missing. */
  dropped: number;
  /** Columns in which values were missing, and how many. */
  readonly missing: { readonly column: string; readonly count: number }[];
  /** Columns with categories that training did not have, and in how many rows. */
  readonly unseen: { readonly column: string; readonly count: number }[];
}

/** The columns that a step names, or else all that it fits. Throws a `DataError` for one it does not. */
export function chosenColumns<T extends FrameColumn>(
  { columns }: Frame,
  { type, columns: names }: { readonly type: string; readonly columns?: readonly string[] },
  fits: { (column: FrameColumn): column is T; readonly kind: string },
): T[] {
  if (names === undefined) return columns.filter(fits);
  return names.map((name) => {
    const column = findColumn(columns, name, type);
    if (fits(column)) return column;
    const got = column.isFlag ? "flags" : column.type === "text" ? "texts" : "numbers";
    throw new DataError(
      `prepare: ${type} must be of columns of ${fits.kind}, got "${name}" of ${got}`,
    );
  });
}

export function findColumn(
  columns: readonly FrameColumn[],
  name: string,
  step: string,
): FrameColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  throw new DataError(
    `prepare: ${step} must name one of the columns ${listed(names)}, got "${name}"${hint}`,
  );
}

/** Names as an error lists them: the first few. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, 8).join(", ");
  return names.length > 8 ? `${first} and ${names.length - 8} more` : first;
}

/** Columns of numbers that may be scaled. */
export const isMeasure = Object.assign(
  (column: FrameColumn): column is NumberColumn => column.type === "number" && !column.isFlag,
  { kind: "numbers" },
);

export const isText = Object.assign(
  (column: FrameColumn): column is TextColumn => column.type === "text",
  { kind: "texts" },
);

/** Fails where a table would become too large; asked before it is made. */
export function expectBounded(columns: number, rows: number): void {
  if (columns <= MAX_FEATURES && columns * rows <= MAX_NUMBERS) return;
  throw new DataError(
    `prepare: a table must have at most ${MAX_FEATURES} features and ${MAX_NUMBERS} numbers, got ${columns} features of ${rows} rows`,
  );
}

/** Each column replaced by what `change` makes of it, other columns among them. */
export function withColumns(
  frame: Frame,
  change: (column: FrameColumn) => FrameColumn | readonly FrameColumn[],
): Frame {
  return { ...frame, columns: frame.columns.flatMap(change) };
}

/** The rows at `kept` only. */
export function withRows(frame: Frame, kept: readonly number[]): Frame {
  return {
    ...frame,
    columns: frame.columns.map((column) => ({ ...column, ...columnRows(column, kept) })),
    rows: Int32Array.from(kept, (row) => frame.rows[row]),
  };
}

/** Where a value of a frame stands in its file. */
export function placeOf({ source, rows, rowNumbers }: Frame, row: number, column: string): string {
  return `${source}: row ${rowNumbers[rows[row]]}, column ${column}`;
}
