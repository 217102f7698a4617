import { BoundedReader, FormatError } from "../base/index.js";

/** DEFLATE cannot shrink data by more than this (RFC 1951; zlib's technical notes give 1032:1). */
const MAX_RATIO = 1032;

export interface UnpackOptions {
  /** Most bytes the result may have. */
  readonly limit: number;
  /** What to call the file in errors. */
  readonly source: string;
}

/** Whether the bytes start like a gzip file (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file of one member.
 *
 * The size its last four bytes declare is held against `limit` and against what DEFLATE can reach
 * before that much is allocated; nothing grows beyond it. Of a file that is cut short they are any
 * bytes, so that a size that cannot be counts only where the data itself is whole.
 */
export async function gunzip(
  bytes: Uint8Array,
  { limit, source }: UnpackOptions,
): Promise<Uint8Array> {
  const reader = new BoundedReader(bytes, source);
  const header = reader.take(10, "the gzip header");
  if (!isGzip(header)) reader.fail("a gzip file must start with 1f 8b");
  reader.take(Math.max(0, reader.remaining - 4), "the compressed data");
  const [a = 0, b = 0, c = 0, d = 0] = reader.take(4, "the gzip trailer");
  const size = (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  return inflate(bytes, { format: "gzip", size, limit, source });
}

/**
 * Unpacks DEFLATE data, bare (`deflate-raw`) or in a gzip wrapper, of a size known beforehand.
 *
 * @param options.size - the size the container declares; anything else is an error
 */
export async function inflate(
  bytes: Uint8Array,
  options: UnpackOptions & { readonly format: "gzip" | "deflate-raw"; readonly size: number },
): Promise<Uint8Array> {
  const { format, size, limit, source } = options;
  const fail = (problem: string): never => {
    throw new FormatError(source, problem);
  };
  const isPlausible = size <= limit && size <= MAX_RATIO * bytes.length;
  const result = new Uint8Array(isPlausible ? size : 0);
  let length = 0;
  // A wrong size may be the mark of damage, which is told if there is any: all is unpacked to see.
  for await (const chunk of unpacked([bytes], format, source)) {
    if (length + chunk.length <= result.length) result.set(chunk, length);
    length += chunk.length;
    if (length > limit) fail(`must unpack to at most ${limit} bytes, got more`);
  }
  if (length !== size) fail(`must unpack to the ${size} bytes it declares, got ${length}`);
  return result;
}

/**
 * Unpacks a gzip file piece by piece as it comes, for what is read from front to back.
 *
 * Nothing is held against a limit here: whoever takes the pieces does.
 */
export function gunzipChunks(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<Uint8Array> {
  return unpacked(chunks, "gzip", source);
}

/** Unpacks zlib data (RFC 1950) whose size nothing declares; never holds more than `limit` bytes. */
export async function inflateZlib(
  bytes: Uint8Array,
  { limit, source }: UnpackOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpacked([bytes], "deflate", source)) {
    length += chunk.length;
    if (length > limit) {
      throw new FormatError(source, `must unpack to at most ${limit} bytes, got more`);
    }
    chunks.push(chunk);
  }
  const result = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    result.set(chunk, offset);
    offset += chunk.length;
  }
  return result;
}

async function* unpacked(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  format: CompressionFormat,
  source: string,
): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream(format);
  // A failure reaches us through the reading end; the writing end repeats it.
  feed(stream.writable.getWriter(), chunks).catch(() => undefined);
  const reader = stream.readable.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } catch (cause) {
    ended = true;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      source,
      `must be whole ${format} data, got damage: ${reason}; it is cut short or broken`,
      { cause },
    );
  } finally {
    if (!ended) await reader.cancel();
  }
}

async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const chunk of chunks) await writer.write(chunk as BufferSource);
    await writer.close();
  } catch (error) {
    await writer.abort(error);
  }
}
