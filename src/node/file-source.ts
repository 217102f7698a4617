import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { DataError } from "../base/index.js";
import type { ByteSource } from "../data/index.js";

/** A file to be read in pieces; it is open only while a piece is read. */
export async function fileSource(path: string): Promise<ByteSource> {
  return {
    name: basename(path),
    size: (await stat(path).catch((cause) => fail(path, cause))).size,
    async read(offset, length) {
      const file = await open(path).catch((cause) => fail(path, cause));
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await file.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

function fail(path: string, cause: NodeJS.ErrnoException): never {
  throw new DataError(`${path}: must be a file that can be read, got ${cause.code}`, { cause });
}
