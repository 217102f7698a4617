import {
  type ColumnSummary,
  countsPerClass,
  describeColumns,
  type Table,
  type TableSet,
} from "../data/index.js";
import { count, printable } from "./terminal/format.js";
import type { Style } from "./terminal/style.js";
import { formatTable } from "./terminal/table.js";

/** Characters of the texts of a column that a line shows. */
const SHOWN = 40;

/** What there is to know of a table before one decides on its preparation: plain data. */
export function tableFigures(set: TableSet) {
  const figures = partsOf(set).map(([part, table]) => [part, figuresOf(table)]);
  return { name: set.name, ...Object.fromEntries(figures), files: set.files };
}

/** The same for people: size, columns of the training part, classes. */
export function tableInspection(set: TableSet, { bold, dim }: Style): string {
  const parts = partsOf(set);
  const overview = parts.map(([part, { count: rows, columns, label }]) => [
    bold(part),
    `${count(rows)} rows`,
    `${count(columns.length)} columns`,
    `labels in ${printable(label)}`,
  ]);
  const columns = describeColumns(set.train).map((column) => [
    printable(column.name),
    `${column.type}s`,
    count(column.missing),
    count(column.different),
    valuesText(column),
  ]);
  const counts = parts.map(([, part]) => countsPerClass(part));
  const classes = set.train.classes.map((label, index) => [
    printable(label),
    ...counts.map((perClass) => count(perClass[index]!)),
  ]);
  return [
    `${bold(set.name)}\n`,
    formatTable(overview, "lrrl"),
    "\n",
    formatTable(
      [["column", "holds", "missing", "different", "values"].map(dim), ...columns],
      "llrrl",
    ),
    "\n",
    formatTable(
      [["class", ...parts.map(([part]) => part)].map(dim), ...classes],
      `l${"r".repeat(parts.length)}`,
    ),
  ].join("");
}

/** A single table, which serves as both, is told once. */
function partsOf({ train, test }: TableSet): [part: string, table: Table][] {
  return test === undefined || test === train
    ? [["train", train]]
    : [
        ["train", train],
        ["test", test],
      ];
}

function figuresOf(table: Table) {
  const counts = countsPerClass(table);
  return {
    count: table.count,
    label: table.label,
    columns: describeColumns(table),
    perClass: table.classes.map((label, index) => ({ label, count: counts[index]! })),
  };
}

/** `-1 to 3, mean 1.667`, or the most frequent texts. */
function valuesText({ range, frequent = [] }: ColumnSummary): string {
  if (range !== undefined) {
    const [low, high, mean] = [range.low, range.high, range.mean].map(short);
    return `${low} to ${high}, mean ${mean}`;
  }
  const text = frequent.map((value) => printable(value.text)).join(", ");
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

function short(value: number): string {
  return `${Number(value.toPrecision(4))}`;
}
