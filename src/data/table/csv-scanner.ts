import { FormatError } from "../../base/index.js";

/** Most bytes of one field, so that a quote left open does not swallow a large file. */
const MAX_FIELD = 2 ** 16;
/** Most bytes of the first row, which has to be there whole before anything can be told. */
const MAX_FIRST_ROW = 2 ** 22;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const NUL = 0;

/** Takes what a scanner finds. */
export interface FieldSink {
  /** The next field of the row; `bytes` are only lent. */
  field(bytes: Uint8Array, start: number, end: number, quoted: boolean): void;
  endRow(): void;
  /** What is known of the name of a column, for errors. */
  nameOf(column: number): string | undefined;
}

/**
 * Cuts separated values into fields, chunk by chunk: RFC 4180, and any of its kin that separates by
 * `;` or a tab, ends rows by LF, CR LF or CR, or begins with a byte-order mark.
 *
 * A field may be quoted as a whole; a quote within it is written twice. The separator is the first
 * of tab, `;` and `,` that stands in the first row outside quotes. Empty lines are passed over.
 */
export class CsvScanner {
  readonly #source: string;
  readonly #sink: FieldSink;
  /** Of the row being read, from 1, and of its field, from 0. */
  row = 1;
  #column = 0;
  #separator: number | undefined;
  #afterReturn = false;
  /** Whether the row is an empty line. */
  #isBlank = false;
  /** The beginning of a field whose end is in a chunk to come. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: string, sink: FieldSink) {
    this.#source = source;
    this.#sink = sink;
  }

  /** Known once the first row is. */
  get separator(): number | undefined {
    return this.#separator;
  }

  push(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk);
    this.#rest = bytes.subarray(this.#scan(bytes, false));
  }

  /** After the last chunk. */
  finish(): void {
    this.#scan(this.#rest, true);
    this.#rest = new Uint8Array(0);
  }

  fail(problem: string, column = this.#column): never {
    const name = this.#sink.nameOf(column);
    const place = `row ${this.row}, column ${column + 1}${name === undefined ? "" : ` (${name})`}`;
    throw new FormatError(this.#source, `${place}: ${problem}`);
  }

  /** @returns where the first field begins that is not whole */
  #scan(bytes: Uint8Array, isLast: boolean): number {
    let at = 0;
    if (this.#separator === undefined) {
      at = this.#begin(bytes, isLast);
      if (this.#separator === undefined) return 0;
    }
    while (at < bytes.length) {
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (bytes[at] === LF) {
          at += 1;
          continue;
        }
      }
      const isQuoted = bytes[at] === QUOTE;
      const end = isQuoted ? this.#quoted(bytes, at, isLast) : this.#plain(bytes, at, isLast);
      if ((end < 0 ? bytes.length : end) - at > MAX_FIELD) this.#refuseLong();
      if (end < 0) return at;
      if (end < bytes.length && bytes[end] === this.#separator) this.#column += 1;
      else this.#endRow(bytes[end] === CR);
      at = end + 1;
    }
    if (isLast && this.#column > 0) {
      // The file ends in a separator: an empty field follows it.
      this.#sink.field(bytes, bytes.length, bytes.length, false);
      this.#endRow(false);
    }
    return bytes.length;
  }

  /** Passes over a byte-order mark and finds the separator, if the first row is there. */
  #begin(bytes: Uint8Array, isLast: boolean): number {
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      throw new FormatError(this.#source, "must be UTF-8, got UTF-16; save it as UTF-8");
    }
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let inQuotes = false;
    const seen = new Set<number>();
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) inQuotes = !inQuotes;
      else if (inQuotes) continue;
      else if (byte === LF || byte === CR) {
        if (seen.size > 0 || at > start) return this.#separateBy(seen, start);
      } else if (SEPARATORS.includes(byte)) seen.add(byte);
    }
    if (isLast) return this.#separateBy(seen, start);
    if (bytes.length <= MAX_FIRST_ROW) return 0;
    throw new FormatError(
      this.#source,
      `the first row must end within ${MAX_FIRST_ROW} bytes; is this a table?`,
    );
  }

  #separateBy(seen: ReadonlySet<number>, start: number): number {
    this.#separator = SEPARATORS.find((separator) => seen.has(separator)) ?? SEPARATORS.at(-1);
    return start;
  }

  /** Hands on a field without quotes; returns where it ends, or -1 if that is not here yet. */
  #plain(bytes: Uint8Array, start: number, isLast: boolean): number {
    const { length } = bytes;
    const separator = this.#separator;
    let at = start;
    for (; at < length; at++) {
      const byte = bytes[at];
      if (byte === separator || byte === LF || byte === CR) break;
      if (byte === QUOTE) {
        this.fail('a quote must stand at the beginning of a field or be doubled, got " within');
      }
      if (byte === NUL) this.fail("must be text, got a NUL byte");
    }
    if (at === length && !isLast) return -1;
    this.#isBlank = at === start && this.#column === 0 && bytes[at] !== separator;
    if (!this.#isBlank) this.#sink.field(bytes, start, at, false);
    return at;
  }

  /** Hands on a quoted field; returns where it ends, or -1 if that is not here yet. */
  #quoted(bytes: Uint8Array, open: number, isLast: boolean): number {
    let doubled = 0;
    for (let at = open + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === NUL) this.fail("must be text, got a NUL byte");
      if (byte !== QUOTE) continue;
      if (at + 1 === bytes.length && !isLast) return -1;
      if (bytes[at + 1] === QUOTE) {
        doubled += 1;
        at += 1;
        continue;
      }
      const content = bytes.subarray(open + 1, at);
      const plain = doubled === 0 ? content : undoubled(content, content.length - doubled);
      this.#sink.field(plain, 0, plain.length, true);
      this.#expectEnd(bytes, at + 1);
      return at + 1;
    }
    if (isLast) this.fail("a quote that is opened must be closed, got the end of the file");
    return -1;
  }

  #expectEnd(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    if (at === bytes.length || byte === this.#separator || byte === LF || byte === CR) return;
    this.fail(
      `after a closing quote must come a separator or the end of the row, got ${shown(byte)}`,
    );
  }

  #refuseLong(): never {
    this.fail(`a field must have at most ${MAX_FIELD} bytes, got more; is a quote left open?`);
  }

  #endRow(isReturn: boolean): void {
    if (!this.#isBlank) this.#sink.endRow();
    this.#isBlank = false;
    this.#column = 0;
    this.row += 1;
    this.#afterReturn = isReturn;
  }
}

/** Tab, semicolon, comma: the likeliest to be meant goes first where several occur. */
const SEPARATORS: readonly number[] = [0x09, 0x3b, 0x2c];

function joined(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (rest.length === 0) return chunk;
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}

/** The content of a quoted field, of two quotes one. */
function undoubled(content: Uint8Array, length: number): Uint8Array {
  const plain = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < content.length; at++) {
    plain[to++] = content[at];
    if (content[at] === QUOTE) at += 1;
  }
  return plain;
}

function shown(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte}`;
}
