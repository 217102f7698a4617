import { type IdxArray, parseIdx } from "./idx.js";
import { gunzip, isGzip } from "./inflate.js";

/** Most bytes one unpacked file may have: 1 GiB, twice the largest set in the catalogue. */
const MAX_UNPACKED = 2 ** 30;

/**
 * Parses an IDX file of unsigned bytes, plain or packed by gzip.
 *
 * @param source - what to call the file in errors
 */
export async function readIdx(bytes: Uint8Array, source: string): Promise<IdxArray> {
  const plain = isGzip(bytes) ? await gunzip(bytes, { limit: MAX_UNPACKED, source }) : bytes;
  return parseIdx(plain, source);
}
