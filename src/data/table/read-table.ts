import { FormatError } from "../../base/index.js";
import { gunzipChunks, isGzip } from "../inflate.js";
import { type RawTable, TableBuilder } from "./table-builder.js";

/** Most bytes of a table's text, unpacked: 4 GiB. */
const MAX_TEXT_BYTES = 2 ** 32;

/**
 * Reads a table of separated values, CSV or TSV, plain or packed by gzip, as it comes: memory is
 * that of its numbers, not of its text.
 *
 * See {@link CsvScanner} for what a file may look like. Every fault is one `FormatError` with the
 * row, the column, what was expected and what was found.
 *
 * @param chunks - the file, cut anywhere
 * @param source - what to call the file in errors
 * @param options.mayHaveHeader - false where the first row is known to be data
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
  options: { readonly mayHaveHeader?: boolean } = {},
): Promise<RawTable> {
  const builder = new TableBuilder(source, options);
  let bytes = 0;
  for await (const chunk of unpacked(chunks, source)) {
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES) {
      throw new FormatError(source, `must have at most ${MAX_TEXT_BYTES} bytes of text, got more`);
    }
    builder.push(chunk);
  }
  return builder.finish();
}

/** The chunks as they are, or what they unpack to if they begin like a gzip file. */
async function* unpacked(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
): AsyncGenerator<Uint8Array> {
  const packed = chunksOf(chunks);
  const first = await packed.next();
  if (first.done) return;
  let start = first.value;
  if (start.length === 1) {
    // The mark of gzip has two bytes.
    const next = await packed.next();
    if (!next.done) start = Uint8Array.from([...start, ...next.value]);
  }
  const all = startingWith(start, packed);
  if (isGzip(start)) yield* gunzipChunks(all, source);
  else yield* all;
}

async function* chunksOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) if (chunk.length > 0) yield chunk;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
