import { BoundedReader } from "../../base/index.js";
import {
  bytesOf,
  decodeNumbers,
  fromFirstFastest,
  type NumberType,
  type NumericArray,
  shapeText,
} from "../arrays/numeric-array.js";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Most bytes of a header; those of plain arrays have about 100. */
const MAX_HEADER = 65_536;
const MAX_RANK = 8;
const TYPES = /^([<>|=])(?:(b)1|(u1|i1|u2|i2|u4|i4|u8|i8|f4|f8))$/;

/**
 * Parses an npy file, version 1, 2 or 3: one array of numbers or truth values, as NumPy's `save`
 * writes it.
 *
 * Layout: `93 NUMPY`, version, length of the header (u16, from version 2 on u32), the header, which
 * is a Python dictionary of the type, the order and the shape, then the values. An array in C order
 * and in this machine's byte order is viewed where it lies, nothing is copied; truth values are
 * 0 and 1, 64-bit integers become doubles. No declared size can make it allocate more than the file has.
 *
 * Source: NumPy documentation, `numpy.lib.format`.
 *
 * @param source - what to call the file in errors
 */
export function parseNpy(bytes: Uint8Array, source: string): NumericArray {
  const reader = new BoundedReader(bytes, source);
  const magic = reader.take(6, "the npy signature");
  if (MAGIC.some((byte, i) => magic[i] !== byte)) {
    reader.fail(`an npy file must start with ${hex(MAGIC)}, got ${hex(magic)}; is it an npy file?`);
  }
  const major = reader.u8("the version");
  reader.u8("the version");
  if (major < 1 || major > 3) reader.fail(`the npy version must be 1, 2 or 3, got ${major}`);
  const lengthBytes = reader.take(major === 1 ? 2 : 4, "the length of the header");
  const length = lengthBytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  reader.bounded(length, MAX_HEADER, "the length of the header");
  const header = new TextDecoder("latin1").decode(reader.take(length, "the header"));
  const { type, littleEndian, isFirstFastest, shape } = parseHeader(header, reader);
  const count = shape.reduce((product, size) => product * size, 1);
  const needed = count * bytesOf(type);
  // Where the product is too large to be exact, it differs all the same.
  if (needed !== reader.remaining) {
    const hint = needed > reader.remaining ? "; the file is cut short" : "";
    reader.fail(
      `shape ${shapeText(shape)} of ${bytesOf(type)}-byte values needs ${needed} bytes, got ${reader.remaining}${hint}`,
    );
  }
  const values = decodeNumbers(reader.take(needed, "the values"), type, {
    littleEndian,
    fail: (problem) => reader.fail(problem),
  });
  const array = { shape, data: values };
  return isFirstFastest ? fromFirstFastest(array) : array;
}

interface Header {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  readonly isFirstFastest: boolean;
  readonly shape: number[];
}

function parseHeader(text: string, reader: BoundedReader): Header {
  if (!/^\{.*\}\s*$/s.test(text)) {
    reader.fail(`the header must be a dictionary, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  const descr = entry(text, "descr", /'[^']*'|\[/, reader).replaceAll("'", "");
  if (descr === "[") reader.fail("must be an array of numbers, got records with named fields");
  const [matched, order, truth, number] = TYPES.exec(descr) ?? [];
  if (matched === undefined) {
    reader.fail(`must hold whole numbers, floats or truth values, got the type '${descr}'`);
  }
  const shape = entry(text, "shape", /\([\d,\s]*\)/, reader)
    .slice(1, -1)
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  if (shape.length > MAX_RANK) {
    reader.fail(`must have at most ${MAX_RANK} dimensions, got ${shape.length}`);
  }
  return {
    type: truth ? "u1" : (number as NumberType),
    // `=` and `|` do not tell; every machine that still writes them so is little-endian.
    littleEndian: order !== ">",
    isFirstFastest: entry(text, "fortran_order", /True|False/, reader) === "True",
    shape,
  };
}

/** The value of a key in a Python dictionary, as text. */
function entry(text: string, key: string, value: RegExp, reader: BoundedReader): string {
  const found = new RegExp(`['"]${key}['"]\\s*:\\s*(${value.source})`).exec(text);
  if (found === null) reader.fail(`the header must tell ${key}, got ${shown(text)}`);
  return found[1];
}

function shown(text: string): string {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > 120 ? `${trimmed.slice(0, 120)}…` : trimmed);
}

function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
