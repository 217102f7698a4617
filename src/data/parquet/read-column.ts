import { BoundedReader } from "../../base/index.js";
import { decodeNumbers, type NumberArray, type NumberType } from "../arrays/numeric-array.js";
import { decodeHybrid } from "./levels.js";
import type { Leaf } from "./metadata.js";
import { type Page, readPages } from "./read-pages.js";

const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE_DICTIONARY = 8;
const ENCODINGS = [
  ...["PLAIN", "type 1", "PLAIN_DICTIONARY", "RLE", "BIT_PACKED", "DELTA_BINARY_PACKED"],
  ...["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT"],
];
const NUMBERS: Readonly<Record<string, NumberType>> = {
  INT32: "i4",
  INT64: "i8",
  FLOAT: "f4",
  DOUBLE: "f8",
};
/** Bits of an index into a dictionary that we take. */
const MAX_INDEX_BITS = 24;

/** Numbers, or texts and files as bytes. */
export type ColumnValues = NumberArray | readonly Uint8Array[];

/** What a group of rows has in a column: the values, and where among them rows and lists begin. */
export interface ColumnData {
  readonly values: ColumnValues;
  /** Per value: 0, it begins a row; r, it continues r lists. Empty where there are no lists. */
  readonly repetitions: Uint8Array;
}

/**
 * Reads the values of a column in one group of rows. Every value must be there.
 *
 * @param options.limit - most values there may be
 */
export async function readColumn(
  bytes: Uint8Array,
  leaf: Leaf,
  { codec, source, limit }: { codec: string; source: string; limit: number },
): Promise<ColumnData> {
  let dictionary: ColumnValues | undefined;
  let left = limit;
  const parts: ColumnValues[] = [];
  const repetitions: Uint8Array[] = [];
  for await (const page of readPages(bytes, { codec, source })) {
    const reader = new BoundedReader(page.bytes, page.source);
    left -= reader.bounded(page.count, left, "the number of values");
    if (page.isDictionary) {
      dictionary = decodePlain(reader, page.count, leaf);
      continue;
    }
    const levels = readLevels(reader, page, leaf);
    if (leaf.maxRepetition > 0) repetitions.push(levels);
    parts.push(decodeValues(reader, page, { leaf, dictionary }));
  }
  return { values: joinValues(parts), repetitions: joinArrays(repetitions, new Uint8Array()) };
}

/** Repetition levels; definition levels must tell that nothing is absent. */
function readLevels(reader: BoundedReader, page: Page, leaf: Leaf): Uint8Array {
  const { count, levelBytes, source } = page;
  const take = (most: number, version2Bytes: number | undefined, what: string): Int32Array => {
    if (most === 0 && version2Bytes === undefined) return new Int32Array(0);
    const length =
      version2Bytes ??
      reader.take(4, `the length of ${what}`).reduceRight((sum, byte) => sum * 256 + byte, 0);
    const bytes = reader.take(length, what);
    if (most === 0) return new Int32Array(0);
    return decodeHybrid(bytes, count, { bitWidth: 32 - Math.clz32(most), source, what });
  };
  const repetitions = take(leaf.maxRepetition, levelBytes?.[0], "the repetition levels");
  const definitions = take(leaf.maxDefinition, levelBytes?.[1], "the definition levels");
  const absent = definitions.findIndex((level) => level !== leaf.maxDefinition);
  if (absent >= 0) reader.fail(`every value must be there, got none at position ${absent}`);
  return Uint8Array.from(repetitions);
}

function decodeValues(
  reader: BoundedReader,
  { count, encoding, source }: Page,
  { leaf, dictionary }: { leaf: Leaf; dictionary: ColumnValues | undefined },
): ColumnValues {
  if (encoding === PLAIN) return decodePlain(reader, count, leaf);
  if (encoding !== PLAIN_DICTIONARY && encoding !== RLE_DICTIONARY) {
    const got = ENCODINGS[encoding] ?? `type ${encoding}`;
    reader.fail(
      `values must be PLAIN or RLE_DICTIONARY, got ${got}; write the file with one of these`,
    );
  }
  if (dictionary === undefined)
    return reader.fail("a dictionary must come before its use, got none");
  const bitWidth = reader.bounded(
    reader.u8("the bits of an index"),
    MAX_INDEX_BITS,
    "the bits of an index",
  );
  const what = "the indices";
  const indices = decodeHybrid(reader.take(reader.remaining, what), count, {
    bitWidth,
    source,
    what,
  });
  const stray = indices.findIndex((index) => index >= dictionary.length);
  if (stray >= 0) {
    reader.fail(
      `an index must be below the dictionary's length ${dictionary.length}, got ${indices[stray]} at position ${stray}`,
    );
  }
  if (isBytes(dictionary)) return Array.from(indices, (index) => dictionary[index]);
  const values = sameKind(dictionary, count);
  for (let i = 0; i < count; i++) values[i] = dictionary[indices[i]];
  return values;
}

function decodePlain(reader: BoundedReader, count: number, leaf: Leaf): ColumnValues {
  const type = NUMBERS[leaf.type];
  if (type !== undefined) {
    const bytes = reader.take(count * Number(type[1]), "the values");
    return decodeNumbers(bytes, type, {
      littleEndian: true,
      fail: (problem) => reader.fail(problem),
    });
  }
  if (leaf.type === "FIXED_LEN_BYTE_ARRAY") {
    const size = reader.bounded(leaf.typeLength, reader.bytes.length, "the size of a value");
    reader.bounded(count * Math.max(1, size), reader.remaining, "the size of the values");
    return Array.from({ length: count }, () => reader.take(size, "a value"));
  }
  if (leaf.type !== "BYTE_ARRAY") {
    return reader.fail(`values must be whole numbers, floats or bytes, got ${leaf.type}`);
  }
  // Each takes the four bytes of its length at least: nothing is made before that is known.
  reader.bounded(count, Math.floor(reader.remaining / 4), "the number of values");
  return Array.from({ length: count }, () => {
    const length = reader.take(4, "the length of a value");
    return reader.take(
      length.reduceRight((sum, byte) => sum * 256 + byte, 0),
      "a value",
    );
  });
}

export function isBytes(values: ColumnValues): values is readonly Uint8Array[] {
  return Array.isArray(values);
}

/** The values of several parts, of one kind as those of one column are. */
export function joinValues(parts: readonly ColumnValues[]): ColumnValues {
  const [first] = parts;
  if (first === undefined) return [];
  if (isBytes(first)) return (parts as readonly (readonly Uint8Array[])[]).flat();
  return joinArrays(parts as readonly NumberArray[], first);
}

function joinArrays<T extends NumberArray>(parts: readonly T[], like: T): T {
  if (parts.length === 1) return parts[0];
  const result = sameKind(
    // Bytes among wider numbers would cut these short.
    parts.find((part) => !(part instanceof Uint8Array)) ?? like,
    parts.reduce((sum, part) => sum + part.length, 0),
  ) as T;
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

function sameKind(array: NumberArray, length: number): NumberArray {
  if (array instanceof Int32Array) return new Int32Array(length);
  if (array instanceof Float32Array) return new Float32Array(length);
  return array instanceof Uint8Array ? new Uint8Array(length) : new Float64Array(length);
}
