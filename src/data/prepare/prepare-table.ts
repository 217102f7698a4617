import { DataError, type TablePreparation, type TableStep } from "../../base/index.js";
import type { FeatureSet } from "../sample-set.js";
import { asTexts, type Column, isMissing, type Table, type TextColumn } from "../table/table.js";
import { applyCategories, fitCategories } from "./categories.js";
import {
  expectBounded,
  type Frame,
  findColumn,
  listed,
  type PrepareNotes,
  placeOf,
} from "./frame.js";
import { applyMissing, fitMissing } from "./missing.js";
import type { TableRequest } from "./parse-steps.js";
import { applyScale, fitScale } from "./scale.js";

/**
 * Learns from a table what its preparation needs to know: fillings, categories, scales. Give it the
 * training rows alone.
 *
 * Every step sees the columns as the steps before it leave them, through the code that replays them
 * in use. Throws a `DataError` where a step does not fit or the end is not numbers alone.
 */
export function fitPreparation(table: Table, requests: readonly TableRequest[]): TablePreparation {
  let frame = frameOf(table);
  expectBounded(frame.columns.length, frame.rows.length);
  const steps: TableStep[] = [];
  for (const request of requests) {
    const step = fitStep(frame, request);
    frame = applyStep(frame, step, newNotes(table));
    expectDifferentNames(frame);
    steps.push(step);
  }
  featuresOf(frame);
  const columns = table.columns.map(({ name, type }) => ({ name, type }));
  return { label: table.label, columns, steps };
}

/**
 * Carries out a preparation, in training and in use alike: the features of each row, and what was
 * missing, left out and new on the way.
 *
 * Columns are found by name; others are passed over, and those may be absent that are ignored anyway.
 * Texts where training had numbers, and values missing for which it has no step, are a `DataError`
 * with their row.
 */
export function prepareTable(
  table: Table,
  { columns, steps }: TablePreparation,
): { readonly set: FeatureSet; readonly notes: PrepareNotes } {
  const notes = newNotes(table);
  const ignored = steps.flatMap((step) => (step.type === "ignore" ? step.columns : []));
  const present = (name: string) => table.columns.some((column) => column.name === name);
  const needed = columns.filter(({ name }) => !ignored.includes(name) || present(name));
  let frame: Frame = { ...frameOf(table), columns: expectedColumns(table, needed) };
  expectBounded(frame.columns.length, frame.rows.length);
  for (const step of steps) {
    frame = applyStep(frame, step, notes);
    expectDifferentNames(frame);
  }
  const labels = Int32Array.from(frame.rows, (row) => table.labels[row]);
  const { classes } = table;
  return { set: { count: labels.length, ...featuresOf(frame), labels, classes }, notes };
}

function newNotes({ count }: Table): PrepareNotes {
  return { rows: count, dropped: 0, missing: [], unseen: [] };
}

function frameOf({ source, columns, count, rowNumbers }: Table): Frame {
  return { source, columns, rows: Int32Array.from({ length: count }, (_, row) => row), rowNumbers };
}

function fitStep(frame: Frame, request: TableRequest): TableStep {
  switch (request.type) {
    case "ignore":
      for (const name of request.columns) findColumn(frame.columns, name, "ignore");
      return request;
    case "missing":
      return fitMissing(frame, request);
    case "ordinal":
    case "oneHot":
      return fitCategories(frame, request);
    case "minMax":
    case "zScore":
      return fitScale(frame, request);
  }
}

function applyStep(frame: Frame, step: TableStep, notes: PrepareNotes): Frame {
  switch (step.type) {
    case "ignore":
      return {
        ...frame,
        columns: frame.columns.filter(({ name }) => !step.columns.includes(name)),
      };
    case "missing":
      return applyMissing(frame, step, notes);
    case "ordinal":
    case "oneHot":
      return applyCategories(frame, step, notes);
    case "minMax":
    case "zScore":
      return applyScale(frame, step);
  }
}

/** The columns that training had, in its order and of its types. */
function expectedColumns(table: Table, expected: TablePreparation["columns"]): Column[] {
  return expected.map(({ name, type }) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const names = listed(table.columns.map((candidate) => candidate.name));
      throw new DataError(
        `${table.source}: must have the column ${name}, as the model's training had, got ${names}`,
      );
    }
    if (type === "text") return asTexts(column);
    if (column.type === "number") return column;
    return allMissing(column) ?? refuseTexts(table, column);
  });
}

/** A column without any value is neither of texts nor of numbers: it is what is expected. */
function allMissing({ name, values }: Extract<Column, { type: "text" }>): Column | undefined {
  if (values.some((text) => text !== undefined)) return undefined;
  return { name, type: "number", values: new Float64Array(values.length).fill(Number.NaN) };
}

function refuseTexts(
  { source, rowNumbers }: Table,
  { name, values }: Extract<Column, { type: "text" }>,
): never {
  const row = values.findIndex((text) => text !== undefined && Number.isNaN(Number(text)));
  throw new DataError(
    `${source}: row ${rowNumbers[row]}, column ${name}: must be a number, as in training, got ${JSON.stringify(values[row])}`,
  );
}

function expectDifferentNames({ columns }: Frame): void {
  const names = columns.map(({ name }) => name);
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  throw new DataError(`prepare: columns must differ in name, got "${twice}" twice`);
}

/** What the model sees: every column a number by now. */
function featuresOf(frame: Frame): Pick<FeatureSet, "features" | "values"> {
  const { columns, rows } = frame;
  if (columns.length === 0) throw new DataError("prepare: must leave columns, got none");
  if (rows.length === 0)
    throw new DataError(`prepare: must leave rows of ${frame.source}, got none`);
  const values = new Float32Array(rows.length * columns.length);
  columns.forEach((column, index) => {
    if (column.type === "text") refuseTextColumn(frame, column);
    for (let row = 0; row < rows.length; row++) {
      if (isMissing(column, row)) {
        throw new DataError(
          `${placeOf(frame, row, column.name)}: a value must be given, got nothing; say how it is filled in training: --prepare missing:median`,
        );
      }
      const value = Math.fround(column.values[row]);
      if (!Number.isFinite(value)) {
        throw new DataError(
          `${placeOf(frame, row, column.name)}: must be a number of float32, got ${column.values[row]}; add minMax or zScore to --prepare`,
        );
      }
      values[row * columns.length + index] = value;
    }
  });
  return { features: columns.map(({ name }) => name), values };
}

/** Tells of the first text that is none of a number: others may stand in the column before it. */
function refuseTextColumn(frame: Frame, { name, values }: TextColumn): never {
  const isText = (text: string | undefined) => text !== undefined && Number.isNaN(Number(text));
  const row = Math.max(0, values.findIndex(isText));
  throw new DataError(
    `${placeOf(frame, row, name)}: must be a number by now, got ${JSON.stringify(values[row])}; add oneHot or ordinal to --prepare, or ignore:${name}`,
  );
}
