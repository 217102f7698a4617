import type { PrepareNotes } from "../data/index.js";
import type { Io } from "./io.js";
import { printJson } from "./print-json.js";
import { count, printable } from "./terminal/format.js";

/** Columns that a line names. */
const NAMED = 6;

/** Tells what preparation met, part by part: as a record, or on stderr where there is anything. */
export function tellPreparation(
  notes: Readonly<Record<string, PrepareNotes>>,
  { json, io }: { json: boolean; io: Io },
): void {
  if (json && Object.keys(notes).length > 0) printJson(io, { event: "prepare", ...notes });
  if (json) return;
  for (const [part, met] of Object.entries(notes)) io.stderr.write(prepareText(part, met) ?? "");
}

/**
 * What preparation met in a part of a table, on one line; `undefined` where there is nothing to tell.
 *
 * `training: 120 rows; missing: age 12, colour 3; 4 rows left out; new categories: colour 1`
 */
export function prepareText(part: string, notes: PrepareNotes): string | undefined {
  const { rows, dropped, missing, unseen } = notes;
  if (dropped === 0 && missing.length === 0 && unseen.length === 0) return undefined;
  const told = [
    `${part}: ${count(rows)} rows`,
    ...(missing.length > 0 ? [`missing: ${columnCounts(missing)}`] : []),
    ...(dropped > 0 ? [`${count(dropped)} rows left out`] : []),
    ...(unseen.length > 0 ? [`new categories: ${columnCounts(unseen)}`] : []),
  ];
  return `${told.join("; ")}\n`;
}

function columnCounts(columns: PrepareNotes["missing"]): string {
  const named = columns
    .slice(0, NAMED)
    .map(({ column, count: cells }) => `${printable(column)} ${count(cells)}`);
  const more = columns.length > NAMED ? [`and ${columns.length - NAMED} more columns`] : [];
  return [...named, ...more].join(", ");
}
