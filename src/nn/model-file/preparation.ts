import type { TablePreparation, TableStep } from "../../base/index.js";
import type { Shape } from "../../engine/index.js";
import { type Check, integer, list, number, oneOf, record, show, variant } from "../schema.js";

const MAX_STEPS = 32;
const MAX_SIDE = 4096;
const MAX_COLUMNS = 65_536;
const MAX_CATEGORIES = 1024;
/** Greatest value that a filling or a scale may have: what float64 can square. */
const MAX_VALUE = 1e150;

const side = integer(1, MAX_SIDE);

/** Steps that are done to images: {@link ImageStep}. */
export const imageStepsCheck = list(
  variant({ resize: { width: side, height: side }, invert: {}, transpose: {} }),
  0,
  MAX_STEPS,
);

const name: Check = textUpTo(400);
const value = number(-MAX_VALUE, MAX_VALUE);
const columnsOf = (fields: Readonly<Record<string, Check>>): Check =>
  list(record({ name, ...fields }), 0, MAX_COLUMNS);
const categories = columnsOf({ categories: list(textUpTo(65_536), 0, MAX_CATEGORIES) });

const fieldsCheck = record({
  label: name,
  columns: list(record({ name, type: oneOf("number", "text") }), 1, MAX_COLUMNS),
  steps: list(
    variant({
      ignore: { columns: list(name, 0, MAX_COLUMNS) },
      missing: {
        fill: oneOf("drop", "mean", "median", "constant"),
        columns: columnsOf({ value: (filling, of) => filledBy(filling, of) }),
      },
      ordinal: { columns: categories },
      oneHot: { columns: categories },
      minMax: { columns: columnsOf({ low: value, high: value }) },
      zScore: { columns: columnsOf({ mean: value, deviation: number(0, MAX_VALUE) }) },
    }),
    0,
    MAX_STEPS,
  ),
});

type ColumnType = "number" | "text";

/**
 * What is wrong with the preparation of a table, if anything: the fields, and that its steps lead
 * from the columns to the numbers that the model takes, each finding the columns it names.
 */
export function tableProblem(table: unknown, input: Shape): string | undefined {
  const problem = fieldsCheck(table, "table");
  if (problem !== undefined) return problem;
  const { columns, steps } = table as TablePreparation;
  let types = new Map<string, ColumnType>(columns.map((column) => [column.name, column.type]));
  if (types.size < columns.length) return "table.columns must differ in name, got one twice";
  for (const [index, step] of steps.entries()) {
    const next = typesAfter(types, step);
    if (typeof next === "string") return `table.steps[${index}] ${step.type}: ${next}`;
    if (next.size > MAX_COLUMNS) {
      return `table.steps[${index}] ${step.type}: must leave at most ${MAX_COLUMNS} columns, got ${next.size}`;
    }
    types = next;
  }
  const text = [...types].find(([, type]) => type === "text");
  if (text !== undefined) return `table.steps must make numbers of ${show(text[0])}, got texts`;
  if (input.length === 1 && input[0] === types.size) return undefined;
  return `table makes [${types.size}], the model takes [${input.join(", ")}]`;
}

/** The columns that a step leaves, or what is wrong with it. */
function typesAfter(
  types: ReadonlyMap<string, ColumnType>,
  step: TableStep,
): Map<string, ColumnType> | string {
  const named = step.columns.map((column) => (typeof column === "string" ? column : column.name));
  if (new Set(named).size < named.length) return "columns must differ in name, got one twice";
  const absent = named.find((column) => !types.has(column));
  if (absent !== undefined) return `columns must be there, got ${show(absent)}`;
  switch (step.type) {
    case "ignore":
      return new Map([...types].filter(([column]) => !named.includes(column)));
    case "missing": {
      if (step.fill === "drop") return new Map(types);
      if (named.length < types.size) return "must have a value for every column";
      const wrong = step.columns.find(
        (column) => (types.get(column.name) === "text") !== (typeof column.value === "string"),
      );
      return wrong ? `${show(wrong.name)} must be filled by its own type` : new Map(types);
    }
    case "ordinal":
    case "oneHot":
      return typesEncoded(types, step);
    case "minMax":
    case "zScore": {
      const wrong = named.find((column) => types.get(column) === "text");
      return wrong === undefined ? new Map(types) : `${show(wrong)} must be numbers, got texts`;
    }
  }
}

function typesEncoded(
  types: ReadonlyMap<string, ColumnType>,
  { type, columns }: Extract<TableStep, { type: "ordinal" | "oneHot" }>,
): Map<string, ColumnType> | string {
  const known = new Map(columns.map((column) => [column.name, column.categories]));
  const next = new Map<string, ColumnType>();
  for (const [column, before] of types) {
    const encoded = known.get(column);
    if (encoded !== undefined && new Set(encoded).size < encoded.length) {
      return `categories of ${show(column)} must differ, got one twice`;
    }
    const isOneHot = encoded !== undefined && type === "oneHot";
    const names = isOneHot ? encoded.map((category) => `${column}=${category}`) : [column];
    for (const made of names) {
      if (next.has(made)) return `columns must differ in name, got ${show(made)} twice`;
      next.set(made, encoded === undefined ? before : "number");
    }
  }
  return next;
}

function filledBy(filling: unknown, of: string): string | undefined {
  return typeof filling === "string" ? textUpTo(65_536)(filling, of) : value(filling, of);
}

function textUpTo(longest: number): Check {
  return (text, of) =>
    typeof text === "string" && text.length <= longest
      ? undefined
      : `${of} must be a text of at most ${longest} characters, got ${show(text)}`;
}
