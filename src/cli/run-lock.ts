import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DataError } from "../base/index.js";
import { schema } from "../nn/index.js";

/** Says which process works in a run's folder. */
const NAME = "running.json";

/**
 * Takes a run's folder for this process, so that no two train into one; over a process that is gone.
 *
 * @returns how to give it back
 */
export async function lockRun(folder: string, run: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME);
  const owner = await liveOwner(folder);
  if (owner !== undefined) {
    throw new DataError(
      `${run}: must be a run that nobody works on, got one of process ${owner}; if that is none of inkling's, remove ${NAME}`,
    );
  }
  await rm(path, { force: true });
  const content = { pid: process.pid, host: hostname() };
  await writeFile(path, `${JSON.stringify(content)}\n`, { flag: "wx" });
  // A lock of a process that is gone binds nobody, and what went wrong before is what is to be told.
  return () => rm(path, { force: true }).catch(() => {});
}

/** The process that works in a folder, if one does: alive, and of this machine. */
export async function liveOwner(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, NAME), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  let owner: unknown;
  try {
    owner = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!schema.isObject(owner) || owner.host !== hostname()) return undefined;
  const { pid } = owner;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return undefined;
  // In a container, whoever was killed had the number that this process has now.
  return pid !== process.pid && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
