import type { BoundedReader } from "../../base/index.js";

/** What a field of a structure may be; whole numbers of any width are numbers. */
export type ThriftValue = boolean | number | Uint8Array | ThriftValue[] | ThriftStruct;
/** The fields of a structure by their numbers. */
export type ThriftStruct = Map<number, ThriftValue>;

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
const LONG_LIST = 15;
const MAX_DEPTH = 24;
/** Bytes of a 64-bit number, seven bits each. */
const MAX_VARINT = 10;

/**
 * Reads a structure in Thrift's compact protocol, in which Parquet writes its headers.
 *
 * Source: Apache Thrift, "Thrift Compact protocol encoding".
 *
 * @param what - what to call the structure in errors
 */
export function readThrift(reader: BoundedReader, what: string, depth = 0): ThriftStruct {
  if (depth > MAX_DEPTH)
    reader.fail(`${what} must be at most ${MAX_DEPTH} structures deep, got more`);
  const fields: ThriftStruct = new Map();
  let id = 0;
  for (;;) {
    const head = reader.u8(what);
    const type = head & 15;
    if (type === 0) return fields;
    id = head >> 4 ? id + (head >> 4) : zigzag(readVarint(reader, what));
    if (type === TRUE || type === FALSE) fields.set(id, type === TRUE);
    else fields.set(id, readValue(reader, type, { what, depth }));
  }
}

function readValue(
  reader: BoundedReader,
  type: number,
  { what, depth }: { readonly what: string; readonly depth: number },
): ThriftValue {
  if (type >= I16 && type <= I64) return zigzag(readVarint(reader, what));
  switch (type) {
    case TRUE:
    case FALSE:
    case BYTE:
      return reader.u8(what);
    case DOUBLE:
      reader.take(8, what);
      return Number.NaN;
    case BINARY:
      return reader.take(readVarint(reader, what), what);
    case LIST: {
      const head = reader.u8(what);
      const length = head >> 4 === LONG_LIST ? readVarint(reader, what) : head >> 4;
      // Every element takes a byte or more.
      reader.bounded(length, reader.remaining, `the length of a list in ${what}`);
      const items: ThriftValue[] = [];
      for (let i = 0; i < length; i++) {
        items.push(readValue(reader, head & 15, { what, depth: depth + 1 }));
      }
      return items;
    }
    case STRUCT:
      return readThrift(reader, what, depth + 1);
    default:
      return reader.fail(`${what} must be made of known types, got ${type}`);
  }
}

/** An unsigned number, seven bits a byte, the lowest first. */
export function readVarint(reader: BoundedReader, what: string): number {
  let value = 0;
  for (let i = 0, factor = 1; i < MAX_VARINT; i++, factor *= 128) {
    const byte = reader.u8(what);
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  return reader.fail(`a number in ${what} must have at most ${MAX_VARINT} bytes, got more`);
}

/** 0, 1, 2, 3, 4 … stand for 0, −1, 1, −2, 2 … */
function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
