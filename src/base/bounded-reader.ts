import { FormatError } from "./errors.js";

/**
 * Reads untrusted bytes from front to back, and never past their end.
 *
 * Every parser of outside bytes goes through one: sizes a file declares are held against the
 * bytes that are there, and against a budget, before anything is allocated for them.
 */
export class BoundedReader {
  readonly bytes: Uint8Array;
  /** What the bytes are called in errors. */
  readonly source: string;
  #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array, source: string) {
    this.bytes = bytes;
    this.source = source;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.byteLength - this.#offset;
  }

  /** The next byte. */
  u8(what: string): number {
    return this.#view.getUint8(this.#advance(1, what));
  }

  /** The next unsigned 32-bit integer, most significant byte first. */
  u32BigEndian(what: string): number {
    return this.#view.getUint32(this.#advance(4, what), false);
  }

  /** The next unsigned 64-bit integer, least significant byte first; must be exact as a number. */
  u64LittleEndian(what: string): number {
    const value = this.#view.getBigUint64(this.#advance(8, what), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      this.fail(`${what} must be at most 2^53 - 1, got ${value}`);
    }
    return Number(value);
  }

  /** A view of the next `length` bytes; nothing is copied. */
  take(length: number, what: string): Uint8Array {
    const start = this.#advance(length, what);
    return this.bytes.subarray(start, start + length);
  }

  /** Fails unless `value` is an integer in `[0, limit]`. Returns it. */
  bounded(value: unknown, limit: number, what: string): number {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > limit) {
      this.fail(`${what} must be an integer from 0 to ${limit}, got ${String(value).slice(0, 40)}`);
    }
    return value;
  }

  fail(problem: string): never {
    throw new FormatError(this.source, problem);
  }

  #advance(length: number, what: string): number {
    if (!(length >= 0 && length <= this.remaining)) {
      this.fail(`${what} needs ${length} bytes, got ${this.remaining}; the file is cut short`);
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
