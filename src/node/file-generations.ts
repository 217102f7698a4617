import { readFile, rm, stat } from "node:fs/promises";
import { FormatError } from "../base/index.js";
import { writeFileAtomic } from "./write-file-atomic.js";

/** Most bytes of one generation that are read. */
const MAX_BYTES = 2_000_000_000;

/** What is to be told of two generations that were looked at. */
export interface FoundGenerations<T> {
  /** The newest that is whole, if any is. */
  readonly newest: T | undefined;
  /** Why the others could not be read, one error a file that is there but broken. */
  readonly damaged: readonly Error[];
}

/**
 * One thing that is saved again and again, in two files taken in turn: whatever happens while one is
 * written, to the process or to the disk, the other is whole. Each is written atomically besides.
 */
export class FileGenerations {
  readonly #paths: readonly [string, string];
  #next = 0;

  /** @param path - with the place of `a` and `b` marked `*`, which stands in the file's name */
  constructor(path: string) {
    this.#paths = [path.replace(/\*(?=[^*]*$)/, "a"), path.replace(/\*(?=[^*]*$)/, "b")];
  }

  /** Writes over the older of the two. Throws a `DataError` where that cannot be done. */
  async write(bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(this.#paths[this.#next]!, bytes);
    this.#next = 1 - this.#next;
  }

  /**
   * Reads what is there. The next {@link write} will go over the other one, broken or older.
   *
   * @param read - throws where a file is not what it must be
   * @param ageOf - greater for what is newer
   */
  async find<T>(
    read: (bytes: Uint8Array, path: string) => Promise<T>,
    ageOf: (value: T) => number,
  ): Promise<FoundGenerations<T>> {
    const damaged: Error[] = [];
    let newest: T | undefined;
    for (const [index, path] of this.#paths.entries()) {
      try {
        const bytes = await readBounded(path);
        if (bytes === undefined) continue;
        const value = await read(bytes, path);
        if (newest !== undefined && ageOf(value) <= ageOf(newest)) continue;
        newest = value;
        this.#next = 1 - index;
      } catch (error) {
        damaged.push(error as Error);
      }
    }
    return { newest, damaged };
  }

  /** Removes both. */
  async remove(): Promise<void> {
    for (const path of this.#paths) await rm(path, { force: true });
  }
}

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.size > MAX_BYTES) {
    throw new FormatError(path, `must have at most ${MAX_BYTES} bytes, got ${found.size}`);
  }
  return readFile(path);
}
