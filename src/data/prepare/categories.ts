import { DataError, type TableStep } from "../../base/index.js";
import { byValue } from "../table/by-value.js";
import { asTexts } from "../table/table.js";
import {
  chosenColumns,
  expectBounded,
  type Frame,
  type FrameColumn,
  isText,
  type PrepareNotes,
  withColumns,
} from "./frame.js";
import type { ColumnRequest } from "./parse-steps.js";

/** Categories of one column, at most. */
export const MAX_CATEGORIES = 1024;

type Encoding = Extract<TableStep, { type: "ordinal" | "oneHot" }>;

/**
 * Learns the categories of columns of texts, and of those of numbers that are named, as grades are;
 * sorted: numbers by size, then the rest by character.
 */
export function fitCategories(frame: Frame, request: ColumnRequest<Encoding["type"]>): Encoding {
  const columns = columnsOf(frame, request).map((column) => {
    const { name, values } = asTexts(column);
    const different = new Set(values.filter((text) => text !== undefined));
    if (different.size > MAX_CATEGORIES) {
      throw new DataError(
        `prepare: column ${name} must have at most ${MAX_CATEGORIES} categories, got ${different.size}; leave it out with ignore:${name}`,
      );
    }
    return { name, categories: [...different].sort(byValue) };
  });
  return { type: request.type, columns };
}

/**
 * Categories as numbers.
 *
 * `ordinal`: 0 for the first, 1 for the second …, -1 for one that training did not have.
 * `oneHot`: a column `name=category` each, all 0 for one that training did not have.
 * A value that is missing stays so.
 */
export function applyCategories(
  frame: Frame,
  { type, columns }: Encoding,
  notes: PrepareNotes,
): Frame {
  const known = new Map(columns.map(({ name, categories }) => [name, categories]));
  if (type === "oneHot") {
    const made = frame.columns.map(({ name }) => known.get(name)?.length ?? 1);
    expectBounded(
      made.reduce((sum, n) => sum + n, 0),
      frame.rows.length,
    );
  }
  return withColumns(frame, (column) => {
    const categories = known.get(column.name);
    if (categories === undefined) return column;
    const places = placesOf(asTexts(column).values, categories);
    const count = places.reduce((sum, place) => (place === -1 ? sum + 1 : sum), 0);
    if (count > 0) notes.unseen.push({ column: column.name, count });
    if (type === "ordinal") return { name: column.name, type: "number", values: places };
    return categories.map((category, k): FrameColumn => {
      const values = places.map((place) => (Number.isNaN(place) ? place : place === k ? 1 : 0));
      return { name: `${column.name}=${category}`, type: "number", values, isFlag: true };
    });
  });
}

/** All columns of texts, or those that are named. */
function columnsOf(frame: Frame, request: ColumnRequest<Encoding["type"]>): FrameColumn[] {
  return request.columns === undefined
    ? frame.columns.filter(isText)
    : chosenColumns(frame, request, isCategorical);
}

const isCategorical = Object.assign(
  (column: FrameColumn): column is FrameColumn => !column.isFlag,
  { kind: "texts or numbers" },
);

/** Index of each text among the categories; -1 for none of them, NaN where it is missing. */
function placesOf(
  values: readonly (string | undefined)[],
  categories: readonly string[],
): Float64Array {
  const places = new Map(categories.map((category, place) => [category, place]));
  return Float64Array.from(values, (text) =>
    text === undefined ? Number.NaN : (places.get(text) ?? -1),
  );
}
