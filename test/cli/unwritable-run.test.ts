import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { decodeCheckpoint } from "../../src/train/index.js";
import { isBuilt } from "./killed-run.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

const inkling = `${process.execPath} ${resolve("bin/inkling.js")}`;
// Checkpoints of 0.6 MB: weights and both means of Adam.
const layers = [
  { type: "flatten" },
  { type: "dense", units: 64, activation: "relu" },
  { type: "dense", units: 10, activation: "softmax" },
];
const recipe = { model: { input: [28, 28, 1], layers }, training: { epochs: 1000 } };
const train = "train net.json --data tiny --threads 1 --checkpoint-every 20";

/** A file system of our own, which nobody else sees: it can be full or read-only. */
const canMount =
  spawnSync("unshare", ["-mr", "mount", "-t", "tmpfs", "none", tmpdir()]).status === 0;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-unwritable-"));
  await writeTinyData(join(folder, "tiny"), { train: 300, test: 20 });
  await writeFile(join(folder, "net.json"), JSON.stringify(recipe));
});
afterAll(() => rm(folder, { recursive: true }));

function shell(script: string, ...wrapper: string[]): SpawnSyncReturns<string> {
  const [command = "", ...argv] = [...wrapper, "sh", "-c", script];
  return spawnSync(command, argv, { cwd: folder, encoding: "utf8" });
}

/** Runs a script that sees an empty file system at `disk`; what is in it then is in `kept`. */
function onDisk(script: string, kept: string): SpawnSyncReturns<string> {
  const all = `mkdir -p disk && mount -t tmpfs -o size=1m none disk && ${script}; code=$?; cp -r disk/run ${kept}; exit $code`;
  return shell(all, "unshare", "-mr");
}

/** Steps of the checkpoints of a run, each of which must be whole, and nothing half-written beside them. */
async function wholeCheckpoints(run: string): Promise<number[]> {
  const names = (await readdir(join(folder, run))).filter((name) => name.startsWith("checkpoint"));
  const steps = names.map(async (name) => {
    const bytes = await readFile(join(folder, run, name));
    return (await decodeCheckpoint(bytes, name)).checkpoint.state.step;
  });
  return Promise.all(steps);
}

/** Goes on with a run where it can be written, for a while, and gives what it said first. */
async function resumes(run: string): Promise<unknown> {
  const io = testIo({ cwd: folder });
  const write = io.stdout.write;
  io.stdout.write = (text) => {
    write(text);
    if (text.includes('"epoch"')) io.interrupt();
  };
  const code = await main(["train", "--resume", run, "--json"], io);
  expect(`${code} ${io.err}`).toMatch(/^130 /);
  return io.records[0];
}

describe.skipIf(!isBuilt)("a run that cannot be written (skipped where it is not built)", () => {
  it.skipIf(!canMount)(
    "stops at a full disk with one line, exit code 1, and its last checkpoint whole (skipped where nothing may be mounted)",
    async () => {
      const { status, stderr } = onDisk(`${inkling} ${train} --out disk --name run`, "full");
      expect(status).toBe(1);
      expect(stderr.split("\n").slice(-3).join("\n")).toMatch(
        /^inkling: .*checkpoint-b\.safetensors: must be a file that can be written, got ENOSPC: no space left on device\n {2}the checkpoint of step 20 is whole: once there is room and leave to write, go on with inkling train --resume disk\/run\n$/,
      );
      expect(await wholeCheckpoints("full")).toEqual([20]);
      expect(await resumes("full")).toMatchObject({ event: "resume", step: 20 });
    },
  );

  it.skipIf(!canMount)(
    "stops at a folder that becomes read-only, its last checkpoint whole (skipped where nothing may be mounted)",
    async () => {
      const script = [
        "mount -o remount,size=9m disk",
        `{ ${inkling} ${train} --out disk --name run & pid=$!; }`,
        "while [ ! -e disk/run/checkpoint-b.safetensors ]; do sleep 0.01; done",
        "until mount -o remount,ro disk; do :; done",
        "wait $pid",
      ].join("; ");
      const { status, stderr } = onDisk(script, "read-only");
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /inkling: .*: must be a file that can be written, got EROFS: read-only file system\n {2}the checkpoint of step \d+ is whole: /,
      );
      const steps = await wholeCheckpoints("read-only");
      expect(steps).toHaveLength(2);
      expect(await resumes("read-only")).toMatchObject({ step: Math.max(...steps) });
    },
  );

  it.skipIf(process.platform !== "linux")(
    "leaves a checkpoint alone that it may not replace by one as large (skipped where it is not Linux)",
    async () => {
      const begun = shell(`timeout -s INT 2 ${inkling} ${train} --name limited`);
      expect(begun.status).toBe(124);
      const before = await wholeCheckpoints("runs/limited");
      const { status, stderr } = shell(
        `ulimit -f 1000; ${inkling} train --resume runs/limited --checkpoint-every 20`,
      );
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /checkpoint-[ab]\.safetensors: must be .* got EFBIG: file too large\n/,
      );
      expect(await wholeCheckpoints("runs/limited")).toEqual(before);
      expect(await resumes("runs/limited")).toMatchObject({ step: Math.max(...before) });
    },
  );
});
