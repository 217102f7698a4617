import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads the named files from the first of `folders` that holds them all; `undefined` if none does.
 *
 * A file packed by gzip may also lie there unpacked, without the `.gz` of its name.
 */
export async function findDataFiles(
  names: readonly string[],
  folders: readonly string[],
): Promise<Map<string, Uint8Array> | undefined> {
  for (const folder of folders) {
    const found = new Map<string, Uint8Array>();
    for (const name of names) {
      const bytes =
        (await readIfThere(join(folder, name))) ??
        (await readIfThere(join(folder, name.replace(/\.gz$/, ""))));
      if (bytes === undefined) break;
      found.set(name, bytes);
    }
    if (found.size === names.length) return found;
  }
  return undefined;
}

/** The bytes of a file, `undefined` where there is none. Other failures are thrown. */
async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
