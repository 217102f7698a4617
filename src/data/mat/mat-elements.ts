import type { BoundedReader } from "../../base/index.js";

export const MI_MATRIX = 14;
export const MI_COMPRESSED = 15;

/** A piece of a MATLAB file. */
export interface MatElement {
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * Reads the elements of a MATLAB file, one after the other.
 *
 * An element is its type (u32), its size (u32) and that many bytes, filled up to a multiple of 8
 * unless compressed; or, if it has no more than 4 bytes, size and type (u16 each) and 4 bytes.
 */
export class MatElements {
  readonly reader: BoundedReader;
  readonly littleEndian: boolean;

  constructor(reader: BoundedReader, littleEndian: boolean) {
    this.reader = reader;
    this.littleEndian = littleEndian;
  }

  /** @param what - what to call the element in errors */
  next(what: string): MatElement {
    const { reader } = this;
    const tag = this.u32(reader.take(4, `the tag of ${what}`));
    const smallSize = tag >>> 16;
    if (smallSize > 0) {
      if (smallSize > 4)
        reader.fail(`${what}, a small element, must have at most 4 bytes, got ${smallSize}`);
      return { type: tag & 0xffff, data: reader.take(4, what).subarray(0, smallSize) };
    }
    const size = this.u32(reader.take(4, `the size of ${what}`));
    const data = reader.take(size, what);
    if (tag !== MI_COMPRESSED) {
      // Some writers leave the last element without its fill.
      reader.take(Math.min((8 - (size % 8)) % 8, reader.remaining), "the fill");
    }
    return { type: tag, data };
  }

  /** The 32-bit integer that the first four bytes are. */
  u32(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return view.getUint32(0, this.littleEndian);
  }
}
