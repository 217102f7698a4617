import { BoundedReader, FormatError } from "../../base/index.js";
import { inflate } from "../inflate.js";
import { readThrift, type ThriftStruct } from "./thrift.js";

/** Most bytes one page may have unpacked. */
const MAX_PAGE = 2 ** 28;

/** A piece of a column, unpacked. */
export interface Page {
  readonly isDictionary: boolean;
  /** How many values, absent ones included. */
  readonly count: number;
  readonly encoding: number;
  /** Where the levels are bare, how many bytes of repetition and definition levels; version 2. */
  readonly levelBytes: readonly [number, number] | undefined;
  readonly bytes: Uint8Array;
  /** What to call it in errors. */
  readonly source: string;
}

/** Snappy's densest element: three bytes for 64. */
const MAX_SNAPPY_RATIO = 22;

const DATA = 0;
const INDEX = 1;
const DICTIONARY = 2;
const DATA_V2 = 3;

/**
 * Unpacks the pages of a column one by one: header, in Thrift, and content, packed by the codec of
 * the column. A page declares both its sizes; they are held against what is there and against what
 * is allowed before anything is made of them.
 */
export async function* readPages(
  bytes: Uint8Array,
  { codec, source }: { readonly codec: string; readonly source: string },
): AsyncGenerator<Page> {
  const reader = new BoundedReader(bytes, source);
  for (let index = 0; reader.remaining > 0; index++) {
    const place = `page ${index}`;
    const header = readThrift(reader, `the header of ${place}`);
    const size = reader.bounded(header.get(2), MAX_PAGE, `the unpacked size of ${place}`);
    const packedSize = reader.bounded(header.get(3), reader.remaining, `the size of ${place}`);
    const packed = reader.take(packedSize, place);
    const type = header.get(1);
    if (type === INDEX) continue;
    const version2 = type === DATA_V2;
    const isDictionary = type === DICTIONARY;
    if (type !== DATA && !version2 && !isDictionary) {
      reader.fail(`${place} must be a data page (0, 3) or a dictionary (2), got type ${type}`);
    }
    const details = header.get(version2 ? 8 : isDictionary ? 7 : 5);
    if (!(details instanceof Map))
      reader.fail(`the header of ${place} must have its details, got none`);
    const fields = details as ThriftStruct;
    const whole = (id: number, most: number, what: string): number =>
      reader.bounded(fields.get(id), most, `${what} of ${place}`);
    const name = `${source}: ${place}`;
    let levelBytes: [number, number] | undefined;
    let prefix = 0;
    if (version2) {
      // Levels lie before the values, never packed.
      const repetitions = whole(6, Math.min(size, packedSize), "the repetition levels");
      const definitions = whole(
        5,
        Math.min(size, packedSize) - repetitions,
        "the definition levels",
      );
      levelBytes = [repetitions, definitions];
      prefix = repetitions + definitions;
    }
    const isPlain = version2 && fields.get(7) === false;
    const content = packed.subarray(prefix);
    const plain = isPlain ? content : await unpack(content, size - prefix, { codec, source: name });
    if (plain.length !== size - prefix) {
      reader.fail(`${place} must unpack to ${size - prefix} bytes, got ${plain.length}`);
    }
    yield {
      isDictionary,
      count: whole(1, 2 ** 31, "the number of values"),
      encoding: whole(version2 ? 4 : 2, 16, "the encoding"),
      levelBytes,
      bytes: prefix === 0 ? plain : joined(packed.subarray(0, prefix), plain),
      source: name,
    };
  }
}

async function unpack(
  bytes: Uint8Array,
  size: number,
  { codec, source }: { readonly codec: string; readonly source: string },
): Promise<Uint8Array> {
  switch (codec) {
    case "UNCOMPRESSED":
      return bytes;
    case "GZIP":
      return inflate(bytes, { format: "gzip", size, limit: MAX_PAGE, source });
    case "SNAPPY": {
      if (size > MAX_SNAPPY_RATIO * bytes.length) {
        throw new FormatError(
          source,
          `${bytes.length} bytes must unpack to at most ${MAX_SNAPPY_RATIO * bytes.length}, got ${size}`,
        );
      }
      const { snappyUncompress } = await import("hyparquet");
      const result = new Uint8Array(size);
      try {
        snappyUncompress(bytes, result);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new FormatError(source, `must be whole Snappy data, got damage: ${reason}`, {
          cause,
        });
      }
      return result;
    }
    default:
      throw new FormatError(
        source,
        `must be packed by SNAPPY or GZIP or not at all, got ${codec}; write the file with one of these`,
      );
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const result = new Uint8Array(first.length + second.length);
  result.set(first);
  result.set(second, first.length);
  return result;
}
