import { BoundedReader } from "../../base/index.js";
import { readVarint } from "./thrift.js";

/**
 * Decodes small whole numbers in Parquet's hybrid of runs and packed bits.
 *
 * A run is a varint whose lowest bit tells its kind: 0, the rest is how often the value that follows
 * is repeated; 1, the rest is how many groups of eight packed values follow, lowest bits first. No
 * run can write beyond `count`.
 *
 * Source: Apache Parquet, "Encodings", RLE = 3.
 *
 * @param bitWidth - bits of one number, 0 to 24
 */
export function decodeHybrid(
  bytes: Uint8Array,
  count: number,
  { bitWidth, source, what }: { bitWidth: number; source: string; what: string },
): Int32Array {
  const values = new Int32Array(count);
  if (bitWidth === 0) return values;
  const reader = new BoundedReader(bytes, source);
  const valueBytes = Math.ceil(bitWidth / 8);
  for (let done = 0; done < count; ) {
    const head = readVarint(reader, what);
    const length = Math.floor(head / 2);
    if (length === 0)
      reader.fail(`${what} must be made of runs of at least one value, got an empty one`);
    if (head % 2 === 0) {
      const value = reader.take(valueBytes, what).reduceRight((sum, byte) => sum * 256 + byte, 0);
      const end = Math.min(count, done + length);
      values.fill(value, done, end);
      done = end;
    } else {
      const wanted = Math.min(length * 8, count - done);
      // The last group may lack the bytes of values that do not count.
      const present = Math.min(length * bitWidth, reader.remaining);
      const packed = reader.take(Math.max(present, Math.ceil((wanted * bitWidth) / 8)), what);
      unpackBits(packed, bitWidth, values.subarray(done, done + wanted));
      done += wanted;
    }
  }
  return values;
}

function unpackBits(packed: Uint8Array, bitWidth: number, target: Int32Array): void {
  const mask = 2 ** bitWidth - 1;
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < target.length; i++) {
    while (bits < bitWidth) {
      held |= packed[at++] << bits;
      bits += 8;
    }
    target[i] = held & mask;
    held >>>= bitWidth;
    bits -= bitWidth;
  }
}
