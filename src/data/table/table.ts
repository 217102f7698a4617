import type { DataFile } from "../image-set.js";

/** A column of numbers, NaN where a value is missing, or of texts, `undefined` where one is. */
export type Column = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly name: string;
  readonly type: "number";
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly name: string;
  readonly type: "text";
  readonly values: readonly (string | undefined)[];
}

/** Labelled rows as a file holds them: columns of numbers and of texts, values may be missing. */
export interface Table {
  readonly count: number;
  /** Without the column of labels. */
  readonly columns: readonly Column[];
  /** Index into `classes` per row, `[count]`. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  /** Name of the column of labels. */
  readonly label: string;
  /** What the file is called in errors. */
  readonly source: string;
  /** Row of the file per row, from 1, the header counted: as a spreadsheet shows it. */
  readonly rowNumbers: Int32Array;
}

/** A named pair of tables, and the files they were read from. */
export interface TableSet {
  readonly name: string;
  readonly train: Table;
  /** Absent where the source has no second part. */
  readonly test: Table | undefined;
  readonly files: readonly DataFile[];
  /** What a person should know of the loading: a part that was left out. */
  readonly notes?: readonly string[];
}

/** The values of a column at `rows`, in that order. */
export function columnRows(column: Column, rows: ArrayLike<number>): Column {
  if (column.type === "number") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
    return { ...column, values };
  }
  return { ...column, values: Array.from(rows, (row) => column.values[row]) };
}

/** Numbers as texts, as a column of texts would have named them: 1 and 1.0 alike are `1`. */
export function asTexts(column: Column): TextColumn {
  if (column.type === "text") return column;
  const values = Array.from(column.values, (value) =>
    Number.isNaN(value) ? undefined : `${value}`,
  );
  return { name: column.name, type: "text", values };
}

/** Whether nothing is given in a row of a column. */
export function isMissing({ values }: Column, row: number): boolean {
  const value = values[row];
  return value === undefined || Number.isNaN(value);
}
