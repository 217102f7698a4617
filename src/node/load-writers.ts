import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DataError } from "../base/index.js";
import { gunzip, parseWriters } from "../data/index.js";

/** Most bytes of a file of writers unpacked; that of UNIPEN, with its strokes, has 26 MB. */
const MAX_UNPACKED = 2 ** 28;

/** Who wrote each of `count` images, from a file packed by gzip; see {@link parseWriters}. */
export async function loadWriters(path: string, count: number): Promise<Int32Array> {
  const packed = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new DataError(`${path}: must be a file that can be read, got ${cause.code}`, { cause });
  });
  const source = basename(path);
  const bytes = await gunzip(packed, { limit: MAX_UNPACKED, source });
  return parseWriters(new TextDecoder().decode(bytes), { count, source });
}

/** Of sets that do not tell who wrote what. */
export function unknownWriters(name: string): DataError {
  return new DataError(
    `data set ${name}: its writers must be known, got none; those of unipen are`,
  );
}
