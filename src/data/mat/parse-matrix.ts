import { FormatError } from "../../base/index.js";
import {
  bytesOf,
  decodeNumbers,
  fromFirstFastest,
  type NumberType,
  type NumericArray,
  shapeText,
} from "../arrays/numeric-array.js";
import type { MatElements } from "./mat-elements.js";

/** Types of elements that hold numbers. */
const NUMBERS: Readonly<Record<number, NumberType>> = {
  1: "i1",
  2: "u1",
  3: "i2",
  4: "u2",
  5: "i4",
  6: "u4",
  7: "f4",
  9: "f8",
  12: "i8",
  13: "u8",
};
const MI_INT32 = 5;
const MI_UINT32 = 6;
const CLASSES = [
  "no class",
  "a cell array",
  "a struct",
  "an object",
  "text",
  "a sparse matrix",
  ...["double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"],
  "a function",
  "an opaque object",
  "an object",
];
const FIRST_NUMERIC = CLASSES.indexOf("double");
const LAST_NUMERIC = CLASSES.indexOf("uint64");
const COMPLEX = 0x08;
const MAX_RANK = 8;

/** A variable of a MATLAB file. */
export interface MatMatrix {
  readonly name: string;
  /** Its numbers, last dimension fastest; fails if it is none of numbers. */
  numbers(): NumericArray;
}

/**
 * Parses the content of a matrix element: flags, dimensions, name, and for a numeric class the
 * values, first dimension fastest. Values may be stored in a smaller type than their class has.
 *
 * @param file - what to call the file in errors
 */
export function parseMatrix(elements: MatElements, file: string): MatMatrix {
  const { reader, littleEndian } = elements;
  const flags = elements.next("the array flags");
  if (flags.type !== MI_UINT32 || flags.data.length !== 8) {
    reader.fail(
      `the array flags must be 8 bytes of type 6, got ${flags.data.length} of type ${flags.type}`,
    );
  }
  const flagBits = elements.u32(flags.data);
  const kind = flagBits & 0xff;
  const isComplex = ((flagBits >>> 8) & COMPLEX) !== 0;
  const dimensions = elements.next("the dimensions");
  const rank = dimensions.data.length / 4;
  if (dimensions.type !== MI_INT32 || !Number.isInteger(rank) || rank < 2 || rank > MAX_RANK) {
    reader.fail(
      `the dimensions must be 2 to ${MAX_RANK} integers of type 5, got ${dimensions.data.length} bytes of type ${dimensions.type}`,
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) =>
    elements.u32(dimensions.data.subarray(4 * axis)),
  );
  const name = new TextDecoder("latin1").decode(elements.next("the name").data);
  const source = `${file}: ${name}`;
  if (kind < FIRST_NUMERIC || kind > LAST_NUMERIC || isComplex) {
    const got = isComplex ? "complex numbers" : (CLASSES[kind] ?? `class ${kind}`);
    return {
      name,
      numbers() {
        throw new FormatError(source, `must be a matrix of numbers, got ${got}`);
      },
    };
  }
  const values = elements.next("the values");
  return {
    name,
    numbers() {
      const fail = (problem: string): never => {
        throw new FormatError(source, problem);
      };
      const type = NUMBERS[values.type] ?? fail(`values must be numbers, got type ${values.type}`);
      const needed = shape.reduce((product, size) => product * size, 1) * bytesOf(type);
      if (needed !== values.data.length) {
        fail(
          `shape ${shapeText(shape)} of ${bytesOf(type)}-byte values needs ${needed} bytes, got ${values.data.length}`,
        );
      }
      const data = decodeNumbers(values.data, type, { littleEndian, fail });
      return fromFirstFastest({ shape, data });
    },
  };
}
