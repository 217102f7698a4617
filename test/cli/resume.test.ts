import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

const argv = ["softmax", "--data", "tiny", "--epochs", "6", "--device", "reference"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-resume-"));
  await writeTinyData(join(folder, "tiny"), { train: 100, test: 20 });
  expect(await main(["train", ...argv, "--name", "whole"], testIo({ cwd: folder }))).toBe(0);
  await interrupted("stopped");
});
afterAll(() => rm(folder, { recursive: true }));

/** Trains until the third epoch is told, with a checkpoint after every step. */
async function interrupted(name: string): Promise<void> {
  const io = testIo({ cwd: folder });
  const write = io.stdout.write;
  io.stdout.write = (text) => {
    write(text);
    if (text.includes('"epoch":3')) io.interrupt();
  };
  const more = ["--checkpoint-every", "1", "--name", name, "--json"];
  expect(await main(["train", ...argv, ...more], io)).toBe(130);
}

/** A copy of the interrupted run, to be spoilt. */
async function copy(name: string): Promise<string> {
  await cp(join(folder, "runs", "stopped"), join(folder, "runs", name), { recursive: true });
  return join(folder, "runs", name);
}

async function resume(name: string, ...more: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(["train", "--resume", join("runs", name), ...more], io) };
}

async function metrics(name: string): Promise<string[]> {
  const text = await readFile(join(folder, "runs", name, "metrics.csv"), "utf8");
  return text.split("\n").map((line) => line.split(",").slice(0, 6).join(","));
}

async function modelOf(name: string): Promise<Buffer> {
  return readFile(join(folder, "runs", name, "model.inkling"));
}

const checkpoints = ["checkpoint-a.safetensors", "checkpoint-b.safetensors"];

describe("inkling train --resume", () => {
  it("goes on where Ctrl-C came, and ends with the same file as if it had not", async () => {
    await copy("on");
    expect((await readdir(join(folder, "runs", "on"))).sort().slice(0, 2)).toEqual(checkpoints);
    const { io, code } = await resume("on");
    expect(code).toBe(0);
    expect(io.err).toMatch(/^going on after step \d+, 3 epochs done\nepoch 4\/6 /);
    expect(io.out).toContain("kept in runs/on");
    expect((await modelOf("on")).equals(await modelOf("whole"))).toBe(true);
    expect(await metrics("on")).toEqual(await metrics("whole"));
    expect(await readdir(join(folder, "runs", "on"))).not.toContain(checkpoints[0]);
  });

  it("goes on with another number of threads, and not with other arithmetic", async () => {
    const io = testIo({ cwd: folder });
    const write = io.stdout.write;
    io.stdout.write = (text) => {
      write(text);
      if (text.includes('"epoch":2')) io.interrupt();
    };
    const wasm = ["train", "mlp", "--data", "tiny", "--epochs", "4", "--threads", "1", "--json"];
    const more = ["--checkpoint-every", "1", "--name", "threads"];
    expect(await main([...wasm, ...more], io)).toBe(130);
    expect((await resume("threads", "--threads", "2")).code).toBe(0);
    expect(await main([...wasm, "--name", "one-thread"], testIo({ cwd: folder }))).toBe(0);
    expect((await modelOf("threads")).equals(await modelOf("one-thread"))).toBe(true);
    const { io: strict, code } = await resume("stopped", "--strict");
    expect(code).toBe(2);
    expect(strict.err).toContain("got --strict too\n");
  });

  it("prints the same records as a training, after one that says from where it goes on", async () => {
    await copy("json");
    const { io } = await resume("json", "--json");
    expect(io.records).toMatchObject([
      { event: "resume", run: join("runs", "json"), step: expect.any(Number), epochs: 3 },
      { event: "epoch", epoch: 4 },
      { event: "epoch", epoch: 5 },
      { event: "epoch", epoch: 6 },
      { event: "end" },
    ]);
  });

  it("writes the same file for a table with steps of preparation, from another folder too", async () => {
    const rows = Array.from({ length: 90 }, (_, i) => {
      return `${(i * 7) % 13},${i % 5 === 0 ? "" : (i * 3) % 11},${"ab"[i % 2]},${"xyz"[i % 3]}`;
    });
    await writeFile(join(folder, "table.csv"), `p,q,colour,kind\n${rows.join("\n")}\n`);
    const table = ["train", "mlp", "--data", "table.csv", "--label", "kind", "--epochs", "5"];
    const more = ["--prepare", "missing:median,oneHot,zScore", "--validation", "0.2", "--json"];
    const io = testIo({ cwd: folder });
    expect(await main([...table, ...more, "--name", "table"], io)).toBe(0);
    const stopping = testIo({ cwd: folder });
    const write = stopping.stdout.write;
    stopping.stdout.write = (text) => {
      write(text);
      if (text.includes('"epoch":2')) stopping.interrupt();
    };
    const stopped = [...table, ...more, "--name", "stopped-table", "--checkpoint-every", "1"];
    expect(await main(stopped, stopping)).toBe(130);
    const elsewhere = testIo({ cwd: join(folder, "runs") });
    expect(await main(["train", "--resume", "stopped-table"], elsewhere)).toBe(0);
    expect((await modelOf("stopped-table")).equals(await modelOf("table"))).toBe(true);
  });

  it("begins anew where the run was killed before its first checkpoint", async () => {
    const run = await copy("early");
    for (const name of checkpoints) await rm(join(run, name));
    const { io, code } = await resume("early");
    expect(code).toBe(0);
    expect(io.err).toContain("runs/early has no checkpoint yet: from the beginning\nepoch 1/6 ");
    expect((await modelOf("early")).equals(await modelOf("whole"))).toBe(true);
    expect(await metrics("early")).toEqual(await metrics("whole"));
  });

  it("warns of a damaged checkpoint and goes on from the other one", async () => {
    const run = await copy("damaged");
    const path = join(run, checkpoints[0]!);
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    const { io, code } = await resume("damaged");
    expect(code).toBe(0);
    expect(io.err).toMatch(
      /^warning: .*checkpoint-a\.safetensors: contents must have the digest .*\nwarning: going on from the other checkpoint, of step \d+\n/,
    );
    expect((await modelOf("damaged")).equals(await modelOf("whole"))).toBe(true);
  });

  it("refuses where all checkpoints are damaged", async () => {
    const run = await copy("lost");
    for (const name of checkpoints) await writeFile(join(run, name), "rubbish");
    const { io, code } = await resume("lost");
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /inkling: both checkpoints of the run must be whole, got damaged ones\n {2}train anew\n$/,
    );
  });

  it("refuses other settings than those the checkpoint was made with", async () => {
    const run = await copy("edited");
    const path = join(run, "config.json");
    const config = await readFile(path, "utf8");
    await writeFile(path, config.replace('"batchSize": ', '"batchSize": 1'));
    const { io, code } = await resume("edited");
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /^inkling: the configuration must be as when the checkpoint was written, got something else\n {2}put back what was changed, or train anew\n$/,
    );
  });

  it("refuses other data than the run was begun with, and names what differs", async () => {
    await copy("data");
    await cp(join(folder, "tiny"), join(folder, "kept"), { recursive: true });
    await writeTinyData(join(folder, "tiny"), { train: 101, test: 20 });
    const { io, code } = await resume("data");
    await cp(join(folder, "kept"), join(folder, "tiny"), { recursive: true });
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /^inkling: runs.data: data and settings must be as when the run began, got another data\.files\.0\.sha256, .*\n {2}put back what was changed, or train anew\n$/,
    );
    expect((await resume("data")).code).toBe(0);
  });

  it("refuses a run that is finished, one that is not there, and one that is at work", async () => {
    const finished = await resume("whole");
    expect(finished.code).toBe(1);
    expect(finished.io.err).toMatch(
      /^inkling: runs.whole: must be a run that is not finished, got one that ended 20\d\d-.*Z\n$/,
    );
    expect((await resume("nowhere")).io.err).toBe(
      `inkling: ${join("runs", "nowhere")}: must be the folder of a run, got none with a config.json\n`,
    );
    const run = await copy("busy");
    const lock = { pid: process.ppid, host: hostname() };
    await writeFile(join(run, "running.json"), JSON.stringify(lock));
    expect((await resume("busy")).io.err).toBe(
      `inkling: ${join("runs", "busy")}: must be a run that nobody works on, got one of process ${process.ppid}\n  if that is none of inkling's, remove running.json\n`,
    );
  });

  it("takes no other options than those that leave the weights alone", async () => {
    const { io, code } = await resume("stopped", "--epochs", "9");
    expect(code).toBe(2);
    expect(io.err).toBe(
      "inkling: --resume: goes on with the run as it was begun, got --epochs too\n  see inkling train --help\n",
    );
    const named = testIo({ cwd: folder });
    expect(await main(["train", "mlp", "--resume", "runs/stopped"], named)).toBe(2);
    expect(named.err).toContain('got "mlp" too\n');
  });

  it.each(["not JSON", "[]", "{}", '{"recipe":{}}'])(
    "refuses a config.json of %s",
    async (text) => {
      const run = await copy("broken");
      await writeFile(join(run, "config.json"), text);
      const { io, code } = await resume("broken");
      expect(code).toBe(1);
      expect(io.err).toMatch(/^inkling: runs.broken.config\.json: (must be JSON, got|config)/);
    },
  );
});
