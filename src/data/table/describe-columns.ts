import { isMissing, type NumberColumn, type Table, type TextColumn } from "./table.js";

/** What a column holds, to decide on its preparation. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: "number" | "text";
  /** Rows in which nothing is given. */
  readonly missing: number;
  /** Different values. */
  readonly different: number;
  /** Of numbers; absent where there is none. */
  readonly range?: { readonly low: number; readonly high: number; readonly mean: number };
  /** The most frequent texts and how often they occur, at most ten. */
  readonly frequent?: readonly { readonly text: string; readonly count: number }[];
}

const FREQUENT = 10;

/** Counts and ranges of the columns of a table, in its order. */
export function describeColumns({ columns, count }: Table): ColumnSummary[] {
  return columns.map((column) => {
    let missing = 0;
    for (let row = 0; row < count; row++) if (isMissing(column, row)) missing++;
    const { name, type } = column;
    const values = column.type === "number" ? numbersOf(column) : textsOf(column);
    return { name, type, missing, ...values };
  });
}

function numbersOf({ values }: NumberColumn): Pick<ColumnSummary, "different" | "range"> {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { different: 0 };
  let [low, high, sum] = [present[0], present[0], 0];
  for (const value of present) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  return { different: new Set(present).size, range: { low, high, mean: sum / present.length } };
}

function textsOf({ values }: TextColumn): Pick<ColumnSummary, "different" | "frequent"> {
  const counts = new Map<string, number>();
  for (const text of values) {
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const frequent = [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, FREQUENT);
  return { different: counts.size, frequent };
}
