import { DataError, FormatError, nearest } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import { byValue } from "./by-value.js";
import type { Column, Table } from "./table.js";
import { type RawTable, shortened } from "./table-builder.js";

/** Classes of one table at most, as of a model file. */
const MAX_CLASSES = 4096;
/** Numbers of which images are made: 8×8 and more. Fewer columns are measures of something. */
const MIN_PIXELS = 64;
const DEFAULT_LABEL = "label";
/** Columns that an error lists. */
const MAX_NAMED = 6;

/** How the label of each row is found, and what it may be. */
export interface LabelOptions {
  /** Name of the column of labels, or its number from 1 in a file without a header; `label` if absent. */
  readonly label?: string | undefined;
  /** What the labels may be, in the order of a model's outputs; all that occur, sorted, if absent. */
  readonly classes?: readonly string[] | undefined;
  /** Whether columns stay columns even where they could be pixels. */
  readonly keepColumns?: boolean | undefined;
}

/**
 * The samples of a table that was read: images where every other column holds whole numbers from 0
 * to 255 and their number is the square of 8 or more (Kaggle's MNIST: a label and 784 pixels), a
 * {@link Table} otherwise.
 *
 * Without `label` it is the column of that name; in a file of images without a header, the first.
 */
export function labelTable(raw: RawTable, options: LabelOptions = {}): ImageSet | Table {
  const at = labelColumn(raw, options.label);
  const named = namedLabels(raw, at);
  const classes = options.classes ?? sortedClasses(new Set(named), raw, at);
  const places = new Map(classes.map((name, index) => [name, index]));
  const labels = Int32Array.from(named, (name, row) => {
    const place = places.get(name);
    if (place === undefined) {
      const known = classes.slice(0, MAX_NAMED).join(", ");
      throw failAt(
        raw,
        { row, column: at },
        `a label must be one of ${known}, got ${shortened(name)}`,
      );
    }
    return place;
  });
  if (looksLikePixels(raw, at) && !options.keepColumns)
    return imagesOf(raw, at, { labels, classes });
  const { count, source, rowNumbers } = raw;
  const columns = raw.names.flatMap((_, column) => (column === at ? [] : [columnOf(raw, column)]));
  return { count, columns, labels, classes, label: raw.names[at], source, rowNumbers };
}

/**
 * Whether a label that is asked for says that the columns have no names: it is a number, or such a
 * column as a model remembers it, `column 5`.
 */
export function isColumnNumber(label: string | undefined): boolean {
  return label !== undefined && /^(column )?\d+$/.test(label);
}

/** Whether a table has the column of labels; one that is for predictions only, as Kaggle's test.csv, has none. */
export function hasLabels(raw: RawTable, label = DEFAULT_LABEL): boolean {
  return findColumn(raw, label) !== undefined || (!raw.hasHeader && looksLikePixels(raw, 0));
}

function labelColumn(raw: RawTable, label: string | undefined): number {
  const found = findColumn(raw, label ?? DEFAULT_LABEL);
  if (found !== undefined) return found;
  if (label === undefined && !raw.hasHeader && looksLikePixels(raw, 0)) return 0;
  const listed = raw.names.slice(0, MAX_NAMED).join(", ");
  const more = raw.names.length > MAX_NAMED ? ` and ${raw.names.length - MAX_NAMED} more` : "";
  const meant = label === undefined ? undefined : nearest(label, raw.names);
  const hint =
    meant === undefined ? "name the column that holds them with --label" : `did you mean ${meant}?`;
  throw new DataError(
    raw.hasHeader
      ? `${raw.source}: must have a column ${label ?? DEFAULT_LABEL} of labels, got ${listed}${more}; ${hint}`
      : `${raw.source}: must have a column of labels that is known, got ${raw.names.length} columns without names; say which with --label 1 to --label ${raw.names.length}`,
  );
}

function findColumn({ names, hasHeader }: RawTable, label: string): number | undefined {
  const place = hasHeader ? names.indexOf(label) : Number(label) - 1;
  if (place in names) return place;
  const folded = names.findIndex((name) => name.toLowerCase() === label.toLowerCase());
  return folded >= 0 ? folded : undefined;
}

/** Whether all beside the labels are bytes, and as many as a square has. */
function looksLikePixels({ numbers, names, texts }: RawTable, label: number): boolean {
  const pixels = names.length - 1;
  if (pixels < MIN_PIXELS || !Number.isInteger(Math.sqrt(pixels))) return false;
  if ([...texts.keys()].some((column) => column !== label)) return false;
  if (numbers instanceof Uint8Array) return true;
  return numbers.every((value, i) => i % names.length === label || isByte(value));
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}

function imagesOf(
  { count, numbers, names }: RawTable,
  at: number,
  labelled: Pick<ImageSet, "labels" | "classes">,
): ImageSet {
  const columns = names.length;
  const pixels = columns - 1;
  const images = new Uint8Array(count * pixels);
  for (let row = 0; row < count; row++) {
    const start = row * columns;
    images.set(numbers.subarray(start, start + at), row * pixels);
    images.set(numbers.subarray(start + at + 1, start + columns), row * pixels + at);
  }
  const side = Math.sqrt(pixels);
  return { count, height: side, width: side, channels: 1, images, ...labelled };
}

/** The labels as texts; numbers as they are written shortest. */
function namedLabels(raw: RawTable, column: number): string[] {
  const texts = raw.texts.get(column);
  const seen = new Set<string>();
  return Array.from({ length: raw.count }, (_, row) => {
    const text = texts?.get(row);
    const value = raw.numbers[row * raw.names.length + column];
    if (text === undefined && Number.isNaN(value)) {
      throw failAt(raw, { row, column }, "a label must be given, got nothing");
    }
    if (text === undefined && !Number.isInteger(value)) {
      throw failAt(raw, { row, column }, `a label must be a text or a whole number, got ${value}`);
    }
    const name = text ?? `${value}`;
    seen.add(name);
    if (seen.size > MAX_CLASSES) {
      const problem = `labels must be at most ${MAX_CLASSES} different ones, got more; is this the column of labels?`;
      throw failAt(raw, { row, column }, problem);
    }
    return name;
  });
}

/** Numbers by size, then texts in the order of their characters. */
function sortedClasses(names: ReadonlySet<string>, raw: RawTable, column: number): string[] {
  if (names.size < 2) {
    const [only] = names;
    const place = `column ${column + 1} (${raw.names[column]})`;
    throw new FormatError(
      raw.source,
      `${place}: labels must be of at least 2 kinds, got ${shortened(only)} only`,
    );
  }
  return [...names].sort(byValue);
}

function columnOf(raw: RawTable, column: number): Column {
  const { count, names, numbers } = raw;
  const name = names[column];
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = numbers[row * names.length + column];
  const texts = raw.texts.get(column);
  if (texts === undefined) return { name, type: "number", values };
  for (const row of texts.keys()) values[row] = Number.NaN;
  expectNoSlip(raw, column, { values, texts });
  const named = Array.from(values, (value, row) =>
    Number.isNaN(value) ? texts.get(row) : `${value}`,
  );
  return { name, type: "text", values: named };
}

/** Different numbers from which on a column of numbers is one in which a text is a slip. */
const MANY_NUMBERS = 20;

/**
 * Fails where a text stands in what is a column of numbers: more than 20 different ones, and more of
 * them than different texts. Fewer may be names that happen to be numbers, as `1`, `2`, `3+` are.
 */
function expectNoSlip(
  raw: RawTable,
  column: number,
  { values, texts }: { values: Float64Array; texts: ReadonlyMap<number, string> },
): void {
  const numbers = new Set(values.filter((value) => !Number.isNaN(value)));
  const different = new Set(texts.values()).size;
  if (numbers.size <= MANY_NUMBERS || numbers.size <= different) return;
  const [[row, text]] = texts;
  throw failAt(raw, { row, column }, `must be a number like the others, got ${shortened(text)}`);
}

function failAt(
  { source, rowNumbers, names, hasHeader }: RawTable,
  { row, column }: { row: number; column: number },
  problem: string,
): FormatError {
  const name = hasHeader ? ` (${names[column]})` : "";
  return new FormatError(source, `row ${rowNumbers[row]}, column ${column + 1}${name}: ${problem}`);
}
