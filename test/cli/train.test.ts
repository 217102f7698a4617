import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { loadModel } from "../../src/node/index.js";
import { idxFile } from "../idx-file.js";
import { type TestIo, testIo } from "./test-io.js";
import { writePictures, writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-train-"));
  await writeTinyData(join(folder, "tiny"), { train: 200, test: 50 });
});
afterAll(() => rm(folder, { recursive: true }));

/** Trains softmax on the tiny data for two epochs unless told otherwise. */
async function train(argv: readonly string[], options: Parameters<typeof testIo>[0] = {}) {
  const io = testIo({ cwd: folder, ...options });
  const common = ["train", "softmax", "--data", "tiny", "--epochs", "2", "--device", "reference"];
  return { io, code: await main([...common, ...argv], io) };
}

const measure = { loss: expect.any(Number), accuracy: expect.any(Number) };
const epoch = (number: number) => ({
  event: "epoch",
  epoch: number,
  learningRate: expect.any(Number),
  ...measure,
  seconds: expect.any(Number),
  imagesPerSecond: expect.any(Number),
});

describe("inkling train", () => {
  it("prints a JSON record an epoch and the run's figures at the end", async () => {
    const { io, code } = await train(["--name", "json", "--json"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.records).toEqual([
      epoch(1),
      epoch(2),
      {
        event: "end",
        run: join("runs", "json"),
        seconds: expect.any(Number),
        train: measure,
        test: measure,
      },
    ]);
    expect(Object.keys(io.records[2] as object)).toEqual([
      "event",
      "run",
      "seconds",
      "train",
      "test",
    ]);
  });

  it("tells each epoch on stderr when piped, and the figures on stdout", async () => {
    const { io, code } = await train(["--name", "piped", "--validation", "0.2"]);
    expect(code).toBe(0);
    const line =
      /^epoch \d\/2 {2}loss \d\.\d{4} {2}accuracy \d+\.\d\d % {2}validation \d\.\d{4}, \d+\.\d\d % {2}[\d,]+ images\/s {2}\d+\.\d s$/;
    const lines = io.err.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    for (const text of lines) expect(text).toMatch(line);
    expect(io.out).toMatch(/^training {2}accuracy .*160 images\ntest {6}accuracy .*50 images\n/);
    expect(io.out).toContain(join("runs", "piped"));
  });

  it("draws one bar in a terminal, within its width, and takes it away", async () => {
    const { io } = await train(["--name", "live"], { isTTY: true });
    const drawn = io.err.split("\r").filter((text) => text.endsWith(" left\x1b[K"));
    expect(drawn.length).toBeGreaterThan(0);
    for (const text of drawn) expect(text.length).toBeLessThan(80 + "\x1b[K".length);
    expect(io.err.endsWith("\r\x1b[K")).toBe(true);
  });

  it("keeps the run in a folder from which it can be done again", async () => {
    const { io } = await train(["--name", "kept", "--seed", "5", "--lr", "0.01", "--json"]);
    const run = join(folder, "runs", "kept");
    const files = [
      "config.json",
      "data",
      "metrics.csv",
      "metrics.jsonl",
      "model.inkling",
      "report.html",
      "result.json",
    ];
    expect((await readdir(run)).sort()).toEqual(files);

    const config = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
    expect(config).toMatchObject({
      versions: { inkling: expect.any(String), node: process.versions.node },
      recipe: {
        name: "softmax",
        model: { input: [28, 28, 1] },
        training: { epochs: 2, learningRate: 0.01 },
      },
      seed: 5,
      validation: 0,
      data: { name: "tiny", train: 200, test: 50 },
      device: { device: "reference", strict: false },
    });
    expect(config.data.files).toHaveLength(4);
    for (const { sha256 } of config.data.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);

    const records = (await readFile(join(run, "metrics.jsonl"), "utf8")).trimEnd().split("\n");
    const printed = io.records.slice(0, 2) as { epoch: number; loss: number }[];
    expect(records.map((line) => ({ event: "epoch", ...JSON.parse(line) }))).toEqual(printed);
    const rows = (await readFile(join(run, "metrics.csv"), "utf8")).trimEnd().split("\n");
    expect(rows[0]).toMatch(/^epoch,learning_rate,loss,accuracy,/);
    expect(rows.slice(1).map((row) => row.split(",").map(Number)[2])).toEqual(
      printed.map(({ loss }) => loss),
    );

    const model = await loadModel(run);
    expect(model.classes).toEqual([..."0123456789"]);
    expect(model.record).toMatchObject({ seed: 5, interrupted: false });
    expect(await readFile(join(run, "report.html"), "utf8")).toContain("softmax on tiny");
  });

  it("gives the same weights for the same seed, and others for another", async () => {
    for (const [name, seed] of [
      ["a", "1"],
      ["b", "1"],
      ["c", "2"],
    ] as const) {
      await train(["--name", name, "--seed", seed, "--json"]);
    }
    const [a, b, c] = await Promise.all(
      ["a", "b", "c"].map(async (name) => (await loadModel(join(folder, "runs", name))).weights),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  /** Interrupts when the first epoch is told. */
  async function interrupted(argv: readonly string[], signal: "SIGINT" | "SIGTERM" = "SIGINT") {
    const io: TestIo = testIo({ cwd: folder });
    const write = io.stdout.write;
    io.stdout.write = (text) => {
      const isFirst = io.out === "";
      write(text);
      if (isFirst) io.interrupt(signal);
    };
    const common = ["train", "softmax", "--data", "tiny", "--device", "reference", "--json"];
    return { io, code: await main([...common, ...argv], io) };
  }

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("saves model and report at %s, and exits with %i", async (signal, exitCode) => {
    const name = `stopped-${signal}`;
    const { io, code } = await interrupted(["--epochs", "10000", "--name", name], signal);
    expect(code).toBe(exitCode);
    const last = io.records.at(-1);
    const run = join("runs", name);
    expect(last).toEqual({ event: "interrupted", run, seconds: expect.any(Number) });
    expect(io.err).toMatch(
      /^inkling: interrupted after \d+ of 10000 epochs\n {2}the model as it was then is in (runs.stopped-SIG[A-Z]+); go on with: inkling train --resume \1\n$/,
    );
    expect((await loadModel(join(folder, run))).record).toMatchObject({ interrupted: true });
    expect(await readFile(join(folder, run, "report.html"), "utf8")).toContain("softmax on tiny");
  });

  it("saves the model, whole, when interrupted after the last step", async () => {
    const { io, code } = await interrupted(["--epochs", "1", "--name", "late"]);
    expect(code).toBe(130);
    expect(io.err).toMatch(
      /^inkling: interrupted after 1 of 1 epochs\n {2}the model .* runs.late\n$/,
    );
    const { record } = await loadModel(join(folder, "runs", "late"));
    expect(record).toMatchObject({ interrupted: false });
  });

  it("never writes over a run", async () => {
    await train(["--name", "once", "--json"]);
    const before = await readFile(join(folder, "runs", "once", "config.json"), "utf8");
    const { io, code } = await train(["--name", "once", "--json"]);
    expect(code).toBe(2);
    expect(io.err).toMatch(/^inkling: --name: must not name a run that exists, got .*once\n/);
    expect(await readFile(join(folder, "runs", "once", "config.json"), "utf8")).toBe(before);
  });

  it("names runs by recipe and time, each another", async () => {
    const [first, second] = [await train(["--json"]), await train(["--json"])];
    const runs = [first, second].map(({ io }) => (io.records.at(-1) as { run: string }).run);
    for (const run of runs) expect(run).toMatch(/^runs.softmax-\d{8}-\d{6}(-2)?$/);
    expect(runs[0]).not.toBe(runs[1]);
  });

  it("writes the same model file, byte for byte, from the same seed on any number of threads", async () => {
    const files = ["1", "2", "4"].map(async (threads) => {
      const argv = ["train", "mlp", "--data", "tiny", "--epochs", "2", "--device", "wasm"];
      const io = testIo({ cwd: folder });
      const name = `threads-${threads}`;
      expect(await main([...argv, "--threads", threads, "--name", name, "--json"], io)).toBe(0);
      return readFile(join(folder, "runs", name, "model.inkling"));
    });
    const [one, two, four] = await Promise.all(files);
    expect(one?.equals(two as Buffer) && one.equals(four as Buffer)).toBe(true);
  });

  it("learns to read synthetic digits with no data at hand", { timeout: 300_000 }, async () => {
    const io = testIo({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, "cache") } });
    const argv = ["train", "fast99", "--data", "synthetic", "--epochs", "1", "--offline", "--json"];
    expect(await main(argv, io)).toBe(0);
    const { test } = io.records.at(-1) as { test: { accuracy: number } };
    expect(test.accuracy).toBeGreaterThan(0.99);
  });

  it("exits with 3 when the accuracy asked for is missed, the run kept", async () => {
    const { io, code } = await train(["--name", "gate", "--min-accuracy", "1", "--json"]);
    expect(code).toBe(3);
    expect(io.err).toMatch(/^inkling: --min-accuracy: accuracy must be at least 1, got 0\.\d+\n$/);
    expect(existsSync(join(folder, "runs", "gate", "report.html"))).toBe(true);
  });

  it("trains a model from a JSON file", async () => {
    const layers = [{ type: "flatten" }, { type: "dense", units: 10, activation: "softmax" }];
    await writeFile(join(folder, "mine.json"), JSON.stringify({ input: [28, 28, 1], layers }));
    const io = testIo({ cwd: folder });
    const argv = ["train", "mine.json", "--data", "tiny", "--epochs", "1", "--json"];
    expect(await main([...argv, "--device", "reference"], io)).toBe(0);
    expect((io.records.at(-1) as { run: string }).run).toMatch(/^runs.mine-/);
  });

  it("fits the recipe to the data, and admits that a plain folder has no test images", async () => {
    for (const label of ["a", "b"]) await writePictures(join(folder, "pictures", label));
    const io = testIo({ cwd: folder });
    const argv = ["train", "mlp", "--data", "pictures", "--epochs", "1", "--name", "two", "--json"];
    expect(await main(argv, io)).toBe(0);
    expect(io.records.at(-1)).toMatchObject({ event: "end", train: measure, test: null });
    const { classes, model } = await loadModel(join(folder, "runs", "two"));
    expect(classes).toEqual(["a", "b"]);
    expect(model.layers.at(-1)).toMatchObject({ units: 2 });
    const gate = testIo({ cwd: folder });
    expect(await main([...argv.slice(0, 6), "--min-accuracy", "0.5"], gate)).toBe(2);
    expect(gate.err).toMatch(
      /^inkling: --min-accuracy: pictures must have test images, got none\n/,
    );
  });

  it("keeps in the model how pictures become like its images: MNIST's are framed, clothing is not", async () => {
    await writeTinyData(join(folder, "sets", "fashion-mnist"), { train: 20, test: 10 });
    const argv = ["train", "softmax", "--data", "fashion-mnist", "--data-dir", "sets", "--json"];
    const io = testIo({ cwd: folder });
    const common = ["--epochs", "1", "--device", "reference", "--name"];
    expect(await main([...argv, ...common, "clothes"], io)).toBe(0);
    const clothes = await loadModel(join(folder, "runs", "clothes"));
    expect(clothes.classes[0]).toBe("T-shirt/top");
    expect(clothes.preprocessing).toMatchObject({ framing: "none", width: 28, height: 28 });
    await train(["--name", "digits", "--json"]);
    const digits = await loadModel(join(folder, "runs", "digits"));
    expect(digits.preprocessing).toMatchObject({ framing: "mnist", box: 20 });
  });

  it("refuses colour images, and labels no model file holds, before it trains or makes a folder", async () => {
    await mkdir(join(folder, "colour"));
    const values = new Uint8Array(2 * 4 * 4 * 3);
    await writeFile(join(folder, "colour", "images-idx4-ubyte"), idxFile([2, 4, 4, 3], values));
    await writeFile(join(folder, "colour", "labels-idx1-ubyte"), idxFile([2], [0, 1]));
    const long = "x".repeat(65);
    for (const label of ["a", long]) await writePictures(join(folder, "long", label));
    for (const [data, message] of [
      [
        "colour",
        "data set colour: images must be grey to train on, got 3 channels\n  save them as pictures in folders named by label, which are read as grey",
      ],
      ["long", `train: classes[1] must be a text of 1 to 64 characters, got "${"x".repeat(40)}"`],
    ] as const) {
      const io = testIo({ cwd: folder });
      expect(await main(["train", "softmax", "--data", data, "--out", "none"], io)).toBe(1);
      expect(io.err).toBe(`inkling: ${message}\n`);
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it.each([
    ["{", /^inkling: bad\.json: must be JSON, got /],
    ["[]", /^inkling: bad\.json: must be an object, got /],
    [
      '{"input":[20,20,1],"layers":[{"type":"flatten"},{"type":"dense","units":10}]}',
      /^inkling: bad\.json: input must be \[28, 28, 1\] like the images, got \[20, 20, 1\]\n$/,
    ],
  ])("refuses the model file %s", async (text, message) => {
    await writeFile(join(folder, "bad.json"), text);
    const io = testIo({ cwd: folder });
    expect(await main(["train", "bad.json", "--data", "tiny"], io)).toBe(1);
    expect(io.err).toMatch(message);
  });

  it("takes JSON that begins with a byte-order mark, and refuses a folder and what is not there", async () => {
    const layers = [{ type: "flatten" }, { type: "dense", units: 10, activation: "softmax" }];
    const json = JSON.stringify({ input: [28, 28, 1], layers });
    await writeFile(join(folder, "marked.json"), `\ufeff${json}`);
    const argv = ["--data", "tiny", "--epochs", "1", "--device", "reference", "--json"];
    expect(await main(["train", "marked.json", ...argv], testIo({ cwd: folder }))).toBe(0);
    await mkdir(join(folder, "d.json"));
    for (const [name, got] of [
      ["d.json", "a folder"],
      ["e.json", "no such file"],
    ]) {
      const io = testIo({ cwd: folder });
      expect(await main(["train", `${name}`, ...argv], io)).toBe(1);
      expect(io.err).toBe(`inkling: ${name}: must be a JSON file that can be read, got ${got}\n`);
    }
  });

  it.each(["0.99999", "0.0001"])("refuses --validation %s of few images", async (share) => {
    const { io, code } = await train(["--validation", share]);
    expect(code).toBe(2);
    expect(io.err).toMatch(
      /^inkling: --validation: must leave images to train on and hold out at least one, got 0\.\d+, which holds out (0|200) of 200\n/,
    );
  });

  it("suggests the data set that was meant", async () => {
    const { io, code } = await train(["--data", "mnits"]);
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /^inkling: data set mnits: must be a folder, a file or one of mnist, .*, got none of them\n {2}did you mean mnist\?\n$/,
    );
  });

  it("suggests the recipe that was meant", async () => {
    const io = testIo({ cwd: folder });
    expect(await main(["train", "sotfmax", "--data", "tiny"], io)).toBe(2);
    expect(io.err).toMatch(
      /^inkling: train: the recipe must be one that inkling recipes lists, or a \.json file, got "sotfmax"\n {2}did you mean softmax\?\n$/,
    );
  });

  it("says how to get data that is not at hand, and makes up none", async () => {
    const io = testIo({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, "cache") } });
    expect(await main(["train", "softmax", "--offline", "--device", "reference"], io)).toBe(1);
    expect(io.out).toBe("");
    expect(io.err).toContain("inkling: data set mnist: ");
    for (const way of ["--data-dir", "INKLING_DATA", "inkling data get mnist"]) {
      expect(io.err).toContain(way);
    }
  });
});
