import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-runs-"));
  await writeTinyData(join(folder, "tiny"), { train: 100, test: 20 });
  const common = ["train", "softmax", "--data", "tiny", "--device", "reference", "--json"];
  await inkling(...common, "--epochs", "2", "--name", "one");
  await inkling(...common, "--epochs", "3", "--seed", "2", "--name", "two", "--lr", "0.5");
  const io = testIo({ cwd: folder });
  const write = io.stdout.write;
  io.stdout.write = (text) => {
    write(text);
    if (text.includes('"epoch":4')) io.interrupt();
  };
  await main([...common, "--epochs", "5000", "--name", "stopped"], io);
});
afterAll(() => rm(folder, { recursive: true }));

async function inkling(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(argv, io) };
}

async function copyOf(run: string, name: string): Promise<string> {
  const path = join(folder, "copies", name);
  await cp(join(folder, "runs", run), path, { recursive: true });
  return path;
}

describe("inkling runs list", () => {
  it("lists what each run is and how far it came", async () => {
    const { io, code } = await inkling("runs", "list");
    expect(code).toBe(0);
    const [header, ...lines] = io.out.trimEnd().split("\n");
    expect(header).toMatch(/^run +state +recipe +data +epochs +accuracy +of +time +begun$/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^runs.one +finished +softmax +tiny +2 +\d+\.\d\d % +test +0:0\d +20\d\d-\d\d-\d\d$/,
    );
    expect(lines[1]).toMatch(/^runs.stopped +interrupted +softmax +tiny +\d+\/5000 .* training /);
    expect(lines[2]).toMatch(/^runs.two +finished +softmax +tiny +3 /);
  });

  it("tells a run at work, by the process that holds it", async () => {
    const path = await copyOf("stopped", "busy");
    const lock = { pid: process.ppid, host: hostname() };
    await writeFile(join(path, "running.json"), JSON.stringify(lock));
    const { io } = await inkling("runs", "list", "copies", "--json");
    expect(io.records).toContainEqual(
      expect.objectContaining({ run: join("copies", "busy"), state: "running" }),
    );
    expect((await inkling("runs", "rm", "copies/busy", "--yes")).code).toBe(1);
  });

  it("prints a record a run, passes over what is none, and warns of one that is broken", async () => {
    await cp(join(folder, "runs"), join(folder, "mixed"), { recursive: true });
    await mkdir(join(folder, "mixed", "no-run"));
    await writeFile(join(folder, "mixed", "two", "config.json"), "{}");
    const { io, code } = await inkling("runs", "list", "mixed", "--json");
    expect(code).toBe(0);
    expect(io.records).toMatchObject([
      { run: join("mixed", "one"), state: "finished", epochs: 2, recipe: "softmax", seed: 1 },
      { run: join("mixed", "stopped"), state: "interrupted", epochsPlanned: 5000, result: null },
    ]);
    expect(io.err).toMatch(/^warning: mixed.two.config\.json: config\.startedAt must be a text/);
  });

  it("says so where there are none", async () => {
    expect((await inkling("runs", "list", "tiny")).io.out).toBe("tiny holds no runs\n");
    expect((await inkling("runs", "list", "nowhere")).code).toBe(1);
  });
});

describe("inkling runs show", () => {
  it("tells settings and results of a run, and how an interrupted one goes on", async () => {
    const { io } = await inkling("runs", "show", "runs/two");
    for (const line of [
      /^run +runs\/two\n/,
      /\nseed +2\n/,
      /\nlearningRate +0\.5\n/,
      /\noptimizer\.type +\w+\n/,
      /\ntest +accuracy \d+\.\d\d %, loss \d+\.\d{4}, 20 samples\n/,
    ]) {
      expect(io.out).toMatch(line);
    }
    const stopped = await inkling("runs", "show", "runs/stopped");
    expect(stopped.io.out).toMatch(/\ngo on with: inkling train --resume runs\/stopped\n$/);
  });

  it("prints the whole configuration as JSON", async () => {
    const { io } = await inkling("runs", "show", "runs/one", "--json");
    const config = JSON.parse(await readFile(join(folder, "runs/one/config.json"), "utf8"));
    expect(io.records).toMatchObject([{ run: "runs/one", config: { seed: config.seed } }]);
  });
});

describe("inkling runs compare", () => {
  it("shows the settings that differ, and only those, beside the results", async () => {
    const { io } = await inkling("runs", "compare", "runs/one", "runs/two");
    const lines = io.out.trimEnd().split("\n");
    expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
      "",
      "training.epochs",
      "training.learningRate",
      "seed",
      "state",
      "epochs",
      "time",
      "training accuracy",
      "training loss",
      "test accuracy",
      "test loss",
      "is one better, or is it chance? inkling compare runs/one runs/two",
    ]);
    const { io: json } = await inkling("runs", "compare", "runs/one", "runs/two", "--json");
    expect(json.records).toMatchObject([
      { differing: { seed: [1, 2], "recipe.training.epochs": [2, 3] }, runs: [{}, {}] },
    ]);
  });

  it("needs two", async () => {
    const { io, code } = await inkling("runs", "compare", "runs/one");
    expect(code).toBe(2);
    expect(io.err).toContain("runs compare: needs two runs or more, got 1\n");
  });
});

describe("inkling runs rm", () => {
  it("removes runs only when told to really do it", async () => {
    await copyOf("one", "first");
    await copyOf("two", "second");
    const argv = ["runs", "rm", "copies/first", "copies/second"];
    const asked = await inkling(...argv);
    expect(asked.code).toBe(2);
    expect(asked.io.err).toBe(
      "inkling: runs rm: would remove copies/first, copies/second for good\n  say --yes to do it\n",
    );
    const { io, code } = await inkling(...argv, "--yes");
    expect({ code, out: io.out }).toEqual({
      code: 0,
      out: "removed copies/first\nremoved copies/second\n",
    });
    expect(await readdir(join(folder, "copies"))).not.toContain("first");
  });

  it("refuses what is no run, a link, a folder of runs and the one it stands in, and removes none then", async () => {
    const path = await copyOf("one", "good");
    await symlink(path, join(folder, "copies", "link"));
    await cp(path, join(folder, "around"), { recursive: true });
    await cp(path, join(folder, "around", "inner"), { recursive: true });
    for (const [target, message] of [
      ["tiny", "tiny: must be the folder of a run, got none with a config.json"],
      [".", ".: must be the folder of a run, got none with a config.json"],
      ["copies/link", "copies/link: must be the folder of a run itself, got a link to one"],
      ["around", "around: must be a folder of one run and nothing else, got one that holds inner"],
    ] as const) {
      const { io, code } = await inkling("runs", "rm", "copies/good", target, "--yes");
      expect({ code, err: io.err }).toEqual({ code: 1, err: `inkling: ${message}\n` });
    }
    const inside = testIo({ cwd: path });
    expect(await main(["runs", "rm", ".", "--yes"], inside)).toBe(1);
    expect(await readdir(path)).toContain("model.inkling");
  });
});

describe("inkling reproduce", () => {
  it("trains a run again and finds every weight the same, the run left as it is", async () => {
    const before = (await readdir(join(folder, "runs"))).length;
    const { io, code } = await inkling("reproduce", "runs/one");
    expect(code).toBe(0);
    expect(io.out).toMatch(
      /^reproduced runs\/one in \d+\.\d s: the same data, and all 7,850 weights the same, bit for bit\n$/,
    );
    expect(await readdir(join(folder, "runs"))).toHaveLength(before);
  });

  it("ends with 3 and names the weights that differ", async () => {
    const path = await copyOf("one", "spoilt");
    await cp(join(folder, "runs", "two", "model.inkling"), join(path, "model.inkling"));
    const { io, code } = await inkling("reproduce", "copies/spoilt", "--json");
    expect(code).toBe(3);
    expect(io.records.at(-1)).toMatchObject({
      event: "reproduced",
      equal: false,
      weights: [
        { name: "layers.1.weight", greatest: expect.any(Number) },
        { name: "layers.1.bias", greatest: expect.any(Number) },
      ],
    });
    expect(io.err).toMatch(
      /^inkling: copies\/spoilt: must come out the same, but 2 of 2 arrays of weights differ, layers\.1\.weight by up to /,
    );
  });

  it("ends with 3 where the data is another, and names what differs", async () => {
    await cp(join(folder, "tiny"), join(folder, "kept"), { recursive: true });
    await writeTinyData(join(folder, "tiny"), { train: 101, test: 20 });
    const { io, code } = await inkling("reproduce", "runs/one");
    await cp(join(folder, "kept"), join(folder, "tiny"), { recursive: true });
    expect(code).toBe(3);
    expect(io.err).toMatch(
      /^inkling: runs\/one: must come out the same, but it would not be the same training: another data\.files\.0\.sha256, .*data\.sha256/,
    );
  });

  it("needs a run that is finished", async () => {
    const { io, code } = await inkling("reproduce", "runs/stopped");
    expect(code).toBe(1);
    expect(io.err).toBe(
      "inkling: runs/stopped: must be a finished run, got one that is interrupted\n",
    );
  });
});
