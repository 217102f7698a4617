import { BoundedReader } from "../../base/index.js";
import type { NumericArray } from "../arrays/numeric-array.js";
import { inflateZlib } from "../inflate.js";
import { MatElements, MI_COMPRESSED, MI_MATRIX } from "./mat-elements.js";
import { type MatMatrix, parseMatrix } from "./parse-matrix.js";

const HEADER_TEXT = 116;
const VERSION_5 = 0x0100;
const VERSION_7_3 = 0x0200;
const HDF5_MARK = "\x89HDF";
/** Most bytes the compressed variables of one file may unpack to, together: 1 GiB. */
const MAX_UNPACKED = 2 ** 30;
const MAX_VARIABLES = 1000;

/**
 * Reads a MATLAB file of version 5, as MATLAB's `save` (`-v6`, `-v7`) and SciPy's `savemat` write it.
 *
 * Layout: 116 bytes of text, 8 of an offset, version, and `IM` or `MI` for the byte order; then
 * elements of a type, a size and content, each a variable, compressed or not.
 * Numeric matrices can be read; of others only the name is known.
 *
 * Source: MathWorks, "MAT-File Format" (R2019b), chapter 1.
 *
 * @param source - what to call the file in errors
 */
export async function readMat(
  bytes: Uint8Array,
  source: string,
): Promise<{
  readonly names: readonly string[];
  /** A variable's numbers, last dimension fastest. */
  read(name: string): NumericArray;
}> {
  const reader: BoundedReader = new BoundedReader(bytes, source);
  const littleEndian = readHeader(reader);
  const elements = new MatElements(reader, littleEndian);
  const matrices = new Map<string, MatMatrix>();
  let budget = MAX_UNPACKED;
  while (reader.remaining > 0) {
    const place = `${source}: variable ${matrices.size + 1}`;
    const { type, data } = elements.next(`variable ${matrices.size + 1}`);
    let matrix: Uint8Array;
    if (type === MI_COMPRESSED) {
      const plain = await inflateZlib(data, { limit: budget, source: place });
      budget -= plain.length;
      const inner = new MatElements(new BoundedReader(plain, place), littleEndian);
      const unpacked = inner.next("the unpacked element");
      if (unpacked.type !== MI_MATRIX) {
        inner.reader.fail(`the unpacked element must be a matrix (14), got type ${unpacked.type}`);
      }
      matrix = unpacked.data;
    } else if (type === MI_MATRIX) {
      matrix = data;
    } else {
      reader.fail(
        `variable ${matrices.size + 1} must be a matrix (14) or compressed (15), got type ${type}`,
      );
    }
    const parsed = parseMatrix(
      new MatElements(new BoundedReader(matrix, place), littleEndian),
      source,
    );
    matrices.set(parsed.name, parsed);
    if (matrices.size > MAX_VARIABLES) {
      reader.fail(`must hold at most ${MAX_VARIABLES} variables, got more`);
    }
  }
  return {
    names: [...matrices.keys()],
    read(name) {
      const matrix = matrices.get(name);
      if (matrix === undefined) reader.fail(`must hold the variable ${name}, got no such variable`);
      return matrix.numbers();
    },
  };
}

/** Returns whether numbers are little-endian. */
function readHeader(reader: BoundedReader): boolean {
  const text = reader.take(HEADER_TEXT, "the header text");
  const start = String.fromCharCode(...text.subarray(0, HDF5_MARK.length));
  if (start === HDF5_MARK) failVersion73(reader);
  reader.take(8, "the subsystem offset");
  const version = reader.take(2, "the version");
  const order = String.fromCharCode(...reader.take(2, "the byte order"));
  if (order !== "IM" && order !== "MI") {
    reader.fail(
      `must be a MATLAB file of version 5, with IM or MI at 126, got ${JSON.stringify(order)}; is it a .mat file, saved with -v7?`,
    );
  }
  const littleEndian = order === "IM";
  const number = littleEndian ? version[0] + 256 * version[1] : version[1] + 256 * version[0];
  if (number === VERSION_7_3) failVersion73(reader);
  if (number !== VERSION_5) {
    reader.fail(`the version must be 0100, got ${number.toString(16).padStart(4, "0")}`);
  }
  return littleEndian;
}

function failVersion73(reader: BoundedReader): never {
  reader.fail("must be a MATLAB file of version 5, got 7.3 (HDF5); save it with -v7");
}
