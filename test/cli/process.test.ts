import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/node/index.js";
import { writeTinyData } from "./tiny-data.js";

const bin = resolve("bin/inkling.js");
const isBuilt = existsSync("dist/cli/index.js");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-process-"));
  await writeTinyData(join(folder, "tiny"), { train: 200, test: 50 });
});
afterAll(() => rm(folder, { recursive: true }));

function inkling(...argv: string[]): ChildProcess {
  return spawn(process.execPath, [bin, ...argv], { cwd: folder });
}

/** What a process wrote to stderr, and how it ended. */
async function ended(child: ChildProcess) {
  let err = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, err };
}

describe.skipIf(!isBuilt)("the inkling process (skipped where it is not built)", () => {
  it("saves the model at Ctrl-C and exits with 130", async () => {
    const argv = ["train", "softmax", "--data", "tiny", "--epochs", "10000", "--name", "stopped"];
    const child = inkling(...argv, "--threads", "2", "--json");
    const end = ended(child);
    await once(child.stdout!, "data");
    child.kill("SIGINT");
    const { code, err } = await end;
    expect(code).toBe(130);
    expect(err).toMatch(/^inkling: interrupted after \d+ of 10000 epochs\n/);
    const { record } = await loadModel(join(folder, "runs", "stopped"));
    expect(record).toMatchObject({ interrupted: true });
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "ends at %s while it waits for input, with one line and %i",
    async (signal, exitCode) => {
      const child = inkling("read", "-");
      const end = ended(child);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      child.kill(signal);
      expect(await end).toEqual({
        code: exitCode,
        err: "inkling: interrupted before it was done\n",
      });
    },
  );

  it("says on one line what the building of bundled models lacks", async () => {
    const argv = [resolve("scripts/build-models.mjs"), "digits", "--data-dir", "nowhere"];
    const child = spawn(process.execPath, argv, { cwd: folder });
    expect(await ended(child)).toEqual({
      code: 1,
      err: "build-models: nowhere: must be a folder of data sets, got no such folder\n",
    });
  });

  it("is quiet when the reader of its output goes away", async () => {
    const child = inkling("recipes", "--json");
    const end = ended(child);
    child.stdout!.destroy();
    expect(await end).toEqual({ code: 0, err: "" });
  });

  it.skipIf(!existsSync("dist/web/index.html"))(
    "serves the app until Ctrl-C (skipped where the app is not built)",
    async () => {
      const child = inkling("app", "--port", "0", "--json");
      const end = ended(child);
      const [line] = (await once(child.stdout!, "data")) as [Buffer];
      const { address } = JSON.parse(line.toString()) as { address: string };
      expect((await fetch(address)).status).toBe(200);
      child.kill("SIGINT");
      expect(await end).toEqual({ code: 0, err: "" });
    },
  );

  it("reads a picture from a pipe, and says what is wrong with it", async () => {
    const child = inkling("read", "-", "--model", "runs/stopped");
    const end = ended(child);
    child.stdin!.end("no picture");
    const { code, err } = await end;
    expect(code).toBe(1);
    expect(err).toMatch(/^inkling: [^\n]*picture[^\n]*\n/);
  });
});
