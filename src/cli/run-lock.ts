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
  const began = (await linuxProcess(process.pid))?.began;
  const content = { pid: process.pid, host: hostname(), began };
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
  const { pid, began } = owner;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return undefined;
  return (await isAlive(pid, began)) ? pid : undefined;
}

/**
 * Whether that very process runs. A killed one may stay in the table of processes for good where nobody
 * collects it, and its number may be another's by now: in a container, this process's own.
 */
async function isAlive(pid: number, began: unknown): Promise<boolean> {
  if (process.platform === "linux") {
    const found = await linuxProcess(pid);
    if (found === undefined || "ZX".includes(found.state)) return false;
    return began === undefined || began === found.began;
  }
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** State and time of beginning of a process, as `proc(5)` tells them; nothing if there is none, or no Linux. */
async function linuxProcess(pid: number): Promise<{ state: string; began: string } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name before may hold anything, blanks and brackets too.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, began] = [fields?.[0], fields?.[19]];
  return state && began ? { state, began } : undefined;
}
