import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { isBuilt } from "./killed-run.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-tune-"));
  await writeTinyData(join(folder, "tiny"), { train: 300, test: 50 });
});
afterAll(() => rm(folder, { recursive: true }));

const space = "training.learningRate=1e-3..0.1 log; layers.1.units=4|8";
const searching = ["--data", "tiny", "--epochs", "3", "--trials", "8", "--jobs", "2"];
const begin = (...rest: string[]) => ["tune", "mlp", "--space", space, ...searching, ...rest];

/** Numbers, settings and curves; not what the clock says. */
async function trialsOf(study: string) {
  const text = await readFile(join(folder, "runs", study, "trials.jsonl"), "utf8");
  const trials = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return trials
    .map(({ seconds, ...trial }: { seconds: number; number: number }) => trial)
    .sort((a, b) => a.number - b.number);
}

/** The process that trains a trial, once it has had an epoch. */
async function workerOf(study: string, trial: number): Promise<number> {
  const run = join(folder, "runs", study, "trials", `trial-000${trial}`);
  for (;;) {
    const read = (name: string) => readFile(join(run, name), "utf8").catch(() => "");
    if ((await read("metrics.jsonl")).includes("\n")) {
      const lock = await read("running.json");
      if (lock !== "") return (JSON.parse(lock) as { pid: number }).pid;
    }
    if ((await read("result.json")) !== "") throw new Error(`${run}: ended before it was seen`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe.skipIf(!isBuilt)("inkling tune (needs npm run build)", () => {
  it("tries settings in processes of their own and keeps the best as a recipe", async () => {
    const io = testIo({ cwd: folder });
    expect(await main(begin("--name", "whole", "--json"), io)).toBe(0);
    const events = io.records as { event: string; best?: { values: object } }[];
    expect(events.map(({ event }) => event)).toEqual([...Array(8).fill("trial"), "end"]);
    const study = join(folder, "runs", "whole");
    expect((await readdir(study)).sort()).toEqual(
      ["best.json", "study.json", "trials", "trials.csv", "trials.jsonl", "tuning.html"].sort(),
    );
    const best = JSON.parse(await readFile(join(study, "best.json"), "utf8"));
    const values = events.at(-1)?.best?.values as Record<string, number>;
    expect(best.training.learningRate).toBe(values["training.learningRate"]);
    expect(best.model.layers[1].units).toBe(values["layers.1.units"]);
    const again = testIo({ cwd: folder });
    const train = ["train", join("runs", "whole", "best.json"), "--data", "tiny", "--name", "best"];
    expect(await main(train, again), again.err).toBe(0);
  });

  it("goes on after an interruption and ends as if there had been none", async () => {
    const io = testIo({ cwd: folder });
    const interrupted = main(begin("--name", "parts"), io);
    while (!io.err.includes("trial")) await new Promise((resolve) => setTimeout(resolve, 5));
    io.interrupt();
    expect(await interrupted).toBe(130);
    expect(io.err).toContain("go on with: inkling tune --resume runs/parts");
    expect((await trialsOf("parts")).length).toBeLessThan(8);
    const rest = testIo({ cwd: folder });
    expect(await main(["tune", "--resume", "runs/parts"], rest), rest.err).toBe(0);
    expect(await trialsOf("parts")).toEqual(await trialsOf("whole"));
    expect(rest.out).toMatch(/trial +loss +epochs +learningRate +units\n/);
  });

  it("comes to the same though its process and that of a trial are killed", async () => {
    const three = ["--data", "tiny", "--epochs", "50", "--trials", "3", "--jobs", "2"];
    const argv = (name: string) => ["tune", "mlp", "--space", space, ...three, "--name", name];
    const undisturbed = testIo({ cwd: folder });
    expect(await main(argv("alone"), undisturbed), undisturbed.err).toBe(0);
    const [program = "", ...leading] = undisturbed.command;
    const parent = spawn(program, [...leading, ...argv("killed")], {
      cwd: folder,
      stdio: "ignore",
    });
    await workerOf("killed", 0);
    parent.kill("SIGKILL");
    await once(parent, "close");
    expect((await trialsOf("killed").catch(() => [])).length).toBeLessThan(3);
    const rest = testIo({ cwd: folder });
    const resumed = main(["tune", "--resume", "runs/killed"], rest);
    process.kill(await workerOf("killed", 2), "SIGKILL");
    expect(await resumed, rest.err).toBe(0);
    expect(await trialsOf("killed")).toEqual(await trialsOf("alone"));
  });

  it("tells why trials fail, and that none is left where all do", async () => {
    const io = testIo({ cwd: folder });
    const argv = ["tune", "mlp", "--space", "layers.1.units=70000|4|8", "--sampler", "grid"];
    const rest = ["--data", "tiny", "--trials", "1", "--name", "failing"];
    expect(await main([...argv, ...rest], io)).toBe(1);
    const reason = /units must be an integer from 1 to 65536, got 70000/;
    expect(io.err).toMatch(new RegExp(`trial 1/1 {2}units 70000 {2}failed: .*${reason.source} `));
    expect(io.err).toMatch(
      new RegExp(`failing: at least one trial must come to its end, got .*${reason.source}\n`),
    );
    const csv = await readFile(join(folder, "runs", "failing", "trials.csv"), "utf8");
    expect(csv).toMatch(/^trial,state,figure,epochs,seconds,layers\.1\.units,reason\n/);
    expect(csv).toMatch(reason);
  });

  it("fails as a training would before anything is begun", async () => {
    const io = testIo({ cwd: folder });
    const argv = ["tune", "mlp", "--space", "layers.1.units=4|8", "--data", "nowhere"];
    expect(await main([...argv, "--name", "none"], io)).toBe(1);
    expect(io.err).toMatch(/^inkling: data set nowhere: must be a folder/);
    expect(await readdir(join(folder, "runs"))).not.toContain("none");
  });

  it("tries one network a trial where the recipe has several, on tables as on images", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 2},${i % 3 ? "red" : ""},${i % 2}`);
    await writeFile(join(folder, "rows.csv"), `size,colour,label\n${rows.join("\n")}\n`);
    const model = { input: [2], layers: [{ type: "dense", units: 2, activation: "softmax" }] };
    const recipe = { seeds: 2, data: "rows.csv", model, training: { epochs: 2 } };
    await writeFile(join(folder, "rows.json"), JSON.stringify(recipe));
    const io = testIo({ cwd: folder });
    const argv = ["tune", "rows.json", "--space", "training.learningRate=0.1|0.2", "--trials", "1"];
    const prepare = ["--prepare", "missing:median,oneHot", "--name", "rows"];
    expect(await main([...argv, ...prepare], io), io.err).toBe(0);
    expect(await readdir(join(folder, "runs", "rows", "trials"))).toEqual(["trial-0000"]);
    expect(io.out).toContain("inkling train runs/rows/best.json --data rows.csv\n");
  });

  it("draws in a terminal how far it is", async () => {
    const io = testIo({ cwd: folder, isTTY: true });
    const one = ["--data", "tiny", "--epochs", "200", "--trials", "1", "--name", "drawn"];
    expect(await main(["tune", "mlp", "--space", space, ...one], io), io.err).toBe(0);
    expect(io.err).toMatch(/\r▕ {20}▏ {2}0\/1 trials {2}trial 1: epoch \d/);
    expect(io.err).toMatch(/trial 1\/1 .*the best so far.*\n/);
  });
});

describe("inkling tune", () => {
  for (const [argv, message] of [
    [["mlp"], "tune: needs a --space to search, got none"],
    [["--space", space], "tune: needs a recipe, got none"],
    [
      ["mlp", "--space", "lr 0.1"],
      '--space: a setting must be as training.learningRate=1e-4..0.1 log, or layers.1.units=32|64, got "lr 0.1"',
    ],
    [["mlp", "--space", "a.b=1..2"], "--space a.b: a path begins with"],
    [
      ["mlp", "--space", "training.lr=1..2"],
      'inkling: --space training.lr: recipe.training."lr" is not an option',
    ],
    [["mlp", "--space", "training.epochs=0..0"], "training.epochs.high must be above low"],
    [
      ["mlp", "--space", `${space};${space}`],
      "each setting must come once, got training.learningRate twice",
    ],
    [["mlp", "--space", space, "--validation", "0"], "--validation: must be above 0 for tuning"],
    [
      ["mlp", "--space", space, "--resume", "x"],
      "goes on with the study as it was begun, got --space too",
    ],
  ] as const) {
    it(`refuses ${argv.join(" ")}`, async () => {
      const io = testIo({ cwd: folder });
      expect(await main(["tune", ...argv], io)).toBe(2);
      expect(io.err).toContain(message);
    });
  }

  it("refuses a folder that is no study", async () => {
    await writeFile(join(folder, "study.json"), "{}");
    for (const [run, message] of [
      ["nothing", "nothing: must be the folder of a study, got none with a study.json"],
      [".", ".: study.json must be as tune wrote it, got another: it.startedAt must be a text"],
    ] as const) {
      const io = testIo({ cwd: folder });
      expect(await main(["tune", "--resume", run], io)).toBe(1);
      expect(io.err).toContain(message);
    }
  });
});
