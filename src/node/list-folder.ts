import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { DataError } from "../base/index.js";

/** Compares names as people number them: `2` before `10`. */
export const { compare: naturalOrder } = new Intl.Collator("en", { numeric: true });

/** Whether a file calls itself a picture that can be read: PNG, JPEG or WebP. */
export function isPictureName(name: string): boolean {
  return /\.(png|jpe?g|webp)$/i.test(name);
}

/** What an archive from a Mac puts beside its content. */
const MAC_LEFTOVERS = "__MACOSX";

/** What lies in a folder, hidden things left out, in natural order: `2` before `10`. */
export async function listFolder(path: string): Promise<{ files: string[]; folders: string[] }> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataError(`${path}: must be a folder that can be read, got ${code}`, { cause });
  }
  const names = (wanted: (entry: Dirent) => boolean): string[] =>
    entries
      .filter((entry) => isShown(entry.name) && wanted(entry))
      .map((entry) => entry.name)
      .sort(naturalOrder);
  return {
    files: names((entry) => !entry.isDirectory()),
    folders: names((entry) => entry.isDirectory()),
  };
}

function isShown(name: string): boolean {
  return !name.startsWith(".") && name !== MAC_LEFTOVERS;
}

/** Whether there is a folder at `path`. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
