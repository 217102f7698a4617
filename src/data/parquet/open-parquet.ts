import { FormatError } from "../../base/index.js";
import { type NumericArray, shapeText } from "../arrays/numeric-array.js";
import type { ByteSource } from "../zip.js";
import { type Leaf, type ParquetDescription, readDescription } from "./metadata.js";
import { type ColumnData, isBytes, joinValues, readColumn } from "./read-column.js";

/** Most values of a column in one group of rows: 85,000 images of 28×28. */
const MAX_VALUES = 2 ** 26;

export interface ParquetFile extends Pick<ParquetDescription, "rows" | "leaves" | "notes"> {
  /** A column of numbers: `[rows]`, or with lists of equal length `[rows, length, …]`. */
  numbers(leaf: Leaf): Promise<NumericArray>;
  /** A column of texts or files, by groups of rows. */
  blobs(leaf: Leaf): AsyncGenerator<readonly Uint8Array[]>;
}

/**
 * Opens a Parquet file: its description is read, its columns when they are asked for, one group of rows
 * at a time.
 *
 * Taken are whole numbers, floats and bytes, as values and in lists, all present; PLAIN and dictionary
 * encoding; unpacked, SNAPPY and GZIP. hyparquet reads the description and unpacks Snappy. Columns are
 * decoded here, as its own decoder trusts the run lengths of a file, with which one broken byte can
 * ask for a thousand million values.
 */
export async function openParquet(source: ByteSource): Promise<ParquetFile> {
  const { rows, leaves, groups, notes } = await readDescription(source);
  async function* chunks(leaf: Leaf): AsyncGenerator<ColumnData & { rows: number; place: string }> {
    const column = leaves.indexOf(leaf);
    for (const [index, group] of groups.entries()) {
      const { offset, bytes, codec } = group.chunks[column];
      const place = `${source.name}: row group ${index}, column ${leaf.path.join(".")}`;
      const data = await readColumn(await source.read(offset, bytes), leaf, {
        codec,
        source: place,
        limit: MAX_VALUES,
      });
      if (data.repetitions.length === 0 && data.values.length !== group.rows) {
        throw new FormatError(place, `must have ${group.rows} values, got ${data.values.length}`);
      }
      yield { ...data, rows: group.rows, place };
    }
  }
  return {
    rows,
    leaves,
    notes,
    async numbers(leaf) {
      const parts: ColumnData["values"][] = [];
      let shape: readonly number[] | undefined;
      for await (const { values, repetitions, rows: groupRows, place } of chunks(leaf)) {
        if (groupRows === 0) continue;
        const lists = listShape(repetitions, leaf.maxRepetition);
        const first = shape ?? lists;
        if (lists === undefined || shapeText(lists) !== shapeText(first ?? [])) {
          const got = lists === undefined ? "others" : shapeText(lists);
          const wanted = shape === undefined ? "" : ` ${shapeText(shape)}`;
          throw new FormatError(
            place,
            `every row must have lists of the same lengths${wanted}, got ${got}`,
          );
        }
        shape = lists;
        const size = lists.reduce((product, length) => product * length, 1);
        if (values.length !== groupRows * size) {
          throw new FormatError(place, `must have ${groupRows} rows, got ${values.length / size}`);
        }
        parts.push(compact(values));
      }
      const data = joinValues(parts);
      if (isBytes(data)) {
        if (data.length === 0) return { shape: [0, ...(shape ?? [])], data: new Uint8Array() };
        throw new FormatError(
          source.name,
          `column ${leaf.path.join(".")} must hold numbers, got bytes`,
        );
      }
      return { shape: [rows, ...(shape ?? [])], data };
    },
    async *blobs(leaf) {
      for await (const { values, place } of chunks(leaf)) {
        if (!isBytes(values)) throw new FormatError(place, "must hold bytes, got numbers");
        yield values;
      }
    },
  };
}

/**
 * Lengths of the lists, outermost first: `[28, 28]` for rows of 28 lists of 28; `undefined` unless all
 * have the same.
 */
function listShape(repetitions: Uint8Array, depth: number): number[] | undefined {
  const count = repetitions.length;
  /** How many values lie from one beginning at level `most` or above to the next. */
  const strides = Array.from({ length: depth }, (_, most) => {
    const next = repetitions.findIndex((level, at) => at > 0 && level <= most);
    return next < 0 ? count : next;
  });
  for (let i = 0; i < count; i++) {
    const level = strides.findIndex((stride) => i % stride === 0);
    if (repetitions[i] !== (level < 0 ? depth : level)) return undefined;
  }
  const lengths = strides.map((stride, level) => stride / (strides[level + 1] ?? 1));
  return lengths.every(Number.isInteger) ? lengths : undefined;
}

/** Whole numbers from 0 to 255 as bytes, to need a quarter of the memory. */
function compact(values: ColumnData["values"]): ColumnData["values"] {
  if (!(values instanceof Int32Array)) return values;
  return values.every((value) => value >= 0 && value <= 255) ? Uint8Array.from(values) : values;
}
