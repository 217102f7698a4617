import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { liveOwner, lockRun } from "./run-lock.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (content: unknown) =>
  writeFile(join(folder, "running.json"), JSON.stringify(content));

describe("the lock of a run", () => {
  it("is held until given back, by one process of this machine", async () => {
    await write({ pid: process.ppid, host: "another machine" });
    const unlock = await lockRun(folder, "runs/a");
    const content = JSON.parse(await readFile(join(folder, "running.json"), "utf8"));
    expect(content).toMatchObject({ pid: process.pid, host: hostname() });
    await unlock();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is refused while another process lives, and taken over from one that is gone", async () => {
    const child = spawn("sleep", ["60"]);
    await write({ pid: child.pid, host: hostname() });
    await expect(lockRun(folder, "runs/a")).rejects.toThrow(
      `runs/a: must be a run that nobody works on, got one of process ${child.pid}; if that is none of inkling's, remove running.json`,
    );
    child.kill("SIGKILL");
    await once(child, "close");
    await (await lockRun(folder, "runs/a"))();
  });

  it.skipIf(process.platform !== "linux")(
    "is nobody's where the process was killed but never collected, or its number is another's (skipped where it is not Linux)",
    async () => {
      // A shell that becomes `sleep` collects no child; the child is dead and stays.
      const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"]);
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(line.toString());
      while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await write({ pid, host: hostname() });
      expect(await liveOwner(folder)).toBeUndefined();
      await write({ pid: parent.pid, host: hostname(), began: "1" });
      expect(await liveOwner(folder)).toBeUndefined();
      await write({ pid: parent.pid, host: hostname() });
      expect(await liveOwner(folder)).toBe(parent.pid);
      parent.kill("SIGKILL");
      await once(parent, "close");
    },
  );

  it.each(["", "{", "[]", '{"pid":"1"}', '{"pid":-1}'])(
    "is nobody's with %j in it",
    async (text) => {
      await writeFile(join(folder, "running.json"), text.replace("{", `{"host":"${hostname()}",`));
      expect(await liveOwner(folder)).toBeUndefined();
    },
  );
});
