import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DataError } from "../base/index.js";

/**
 * Writes a file so that others see the whole of it or none: into a neighbour first, flushed to the
 * disk, then renamed over the old one. Folders on the way are made. When it fails, the old file is
 * as it was and the neighbour is gone.
 *
 * @throws {DataError} when the file cannot be written
 */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFlushed(draft, data);
    await rename(draft, path);
    await flushFolder(folder);
  } catch (cause) {
    // Whether this works or not, what went wrong first is what is told.
    await rm(draft, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}

/** Removes the neighbours that writers left in a folder when they were killed, and in those below it. */
export async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/.test(name))
      await rm(join(folder, name));
  }
}

async function writeFlushed(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Codes by which a system says that a folder cannot be opened or flushed: Windows never lets one. */
const NOT_FLUSHED = ["EACCES", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"];

/** Makes the new name last through a power failure too, where the system can. */
async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!NOT_FLUSHED.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** A file that cannot be written, and why: `EACCES: permission denied`. */
export function unwritable(path: string, cause: unknown): DataError {
  // Without the call and the path of a draft.
  const reason = (cause as Error).message.split(", ", 1)[0]!;
  return new DataError(`${path}: must be a file that can be written, got ${reason}`, { cause });
}
