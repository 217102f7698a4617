import { BoundedReader } from "../base/index.js";

/** An array of unsigned bytes as an IDX file holds it, last dimension fastest. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  8: "unsigned bytes",
  9: "signed bytes",
  11: "16-bit integers",
  12: "32-bit integers",
  13: "32-bit floats",
  14: "64-bit floats",
};
const UNSIGNED_BYTE = 8;

/**
 * Parses an IDX file of unsigned bytes, the format of MNIST and EMNIST.
 *
 * Layout, big-endian: `00 00 08 rank`, one u32 per dimension, then the values.
 * The result views `bytes`; nothing is copied, so no declared size can make it allocate.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", file formats.
 *
 * @param source - what to call the file in errors
 */
export function parseIdx(bytes: Uint8Array, source: string): IdxArray {
  const reader = new BoundedReader(bytes, source);
  const magic = reader.u32BigEndian("the IDX header");
  const type = (magic >>> 8) & 0xff;
  if (magic >>> 16 !== 0 || TYPE_NAMES[type] === undefined) {
    const start = magic.toString(16).padStart(8, "0");
    reader.fail(`an IDX file must start with 00 00 08, got ${start}; is it an IDX file?`);
  }
  if (type !== UNSIGNED_BYTE) {
    reader.fail(`must hold unsigned bytes (type 08), got ${TYPE_NAMES[type]}`);
  }
  const rank = magic & 0xff;
  const shape = Array.from({ length: rank }, (_, axis) => reader.u32BigEndian(`dimension ${axis}`));
  const size = shape.reduce((product, length) => product * length, 1);
  // Where the product is too large to be exact (or not a number), it differs all the same.
  if (size !== reader.remaining) {
    const hint = size > reader.remaining ? "; the file is cut short" : "";
    reader.fail(`shape [${shape.join(", ")}] needs ${size} values, got ${reader.remaining}${hint}`);
  }
  return { shape, data: reader.take(size, "the values") };
}
