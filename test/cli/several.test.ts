import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-several-"));
  await writeTinyData(join(folder, "tiny"), { train: 200, test: 50 });
});
afterAll(() => rm(folder, { recursive: true }));

/** Trains softmax on the tiny data for two epochs unless told otherwise. */
async function train(...argv: readonly string[]) {
  const io = testIo({ cwd: folder });
  const common = ["train", "softmax", "--data", "tiny", "--epochs", "2", "--device", "reference"];
  return { io, code: await main([...common, ...argv], io) };
}

async function configOf(run: string) {
  return JSON.parse(await readFile(join(folder, "runs", run, "config.json"), "utf8"));
}

interface Summary {
  readonly event: string;
  readonly trainings: readonly { run: string; seed: number; fold: number | null }[];
  readonly test: { accuracy: { n: number; mean: number; min: number; max: number } };
  readonly crossValidated: {
    n: number;
    accuracy: number;
    wrong: number;
    interval: number[];
  } | null;
  readonly ensemble: { n: number; accuracy: number } | null;
}

describe("inkling train --folds", () => {
  it("trains a net for each part, every image held out once, and tells accuracy and interval", async () => {
    const { io, code } = await train("--folds", "4", "--name", "cross", "--json");
    expect(code).toBe(0);
    const summary = io.records.at(-1) as Summary;
    expect(summary.event).toBe("summary");
    expect(summary.trainings.map(({ run, fold }) => [run, fold])).toEqual(
      [1, 2, 3, 4].map((fold) => [join("runs", `cross-fold-${fold}`), fold]),
    );
    const { n, accuracy, wrong, interval } = summary.crossValidated!;
    expect(n).toBe(200);
    expect(accuracy).toBeCloseTo(1 - wrong / 200, 12);
    expect(accuracy).toBeCloseTo(summary.test.accuracy.mean, 12);
    expect(interval[0]).toBeLessThan(accuracy);
    expect(interval[1]).toBeGreaterThan(accuracy);
    expect(summary.ensemble).toBeNull();
    expect(await configOf("cross-fold-2")).toMatchObject({
      fold: { fold: 2, of: 4 },
      data: { train: 150, test: 50 },
    });
  });

  it("gives the same run as one of its folds asked for alone", async () => {
    await train("--folds", "2", "--name", "both", "--json");
    await train("--fold", "2/2", "--name", "alone", "--json");
    const [both, alone] = await Promise.all(
      ["both-fold-2", "alone"].map((run) => readFile(join(folder, "runs", run, "model.inkling"))),
    );
    expect(both?.equals(alone as Buffer)).toBe(true);
  });

  it("learns from the test images too where told to, and counts them among those held out", async () => {
    const { io } = await train("--folds", "2", "--whole", "--name", "whole", "--json");
    expect((io.records.at(-1) as Summary).crossValidated?.n).toBe(250);
    expect(await configOf("whole-fold-1")).toMatchObject({ whole: true });
  });

  it("prints a row a fold within the width of a terminal, and what all come to", async () => {
    const { io, code } = await train("--folds", "2", "--name", "text");
    expect(code).toBe(0);
    expect(io.out).toMatch(/^net +training +wrong +loss +held out +wrong +loss +time\n/);
    expect(io.out).toMatch(/\ncross-validated +accuracy .* %\), \d+ of 200 wrong\n/);
    for (const line of io.out.split("\n")) expect(line.length).toBeLessThanOrEqual(90);
    expect(io.err).toMatch(/^training 2 of 2: text-fold-2, about 0:0\d left$/m);
  });

  it("refuses a fold beside folds, and more folds than there are images", async () => {
    const both = await train("--folds", "2", "--fold", "1/2");
    expect([both.code, both.io.err]).toEqual([
      2,
      "inkling: --fold: must not be asked for together with --folds, which trains each fold\n  see inkling train --help\n",
    ]);
    const { code, io } = await train("--fold", "1/x");
    expect([code, io.err.split("\n")[0]]).toEqual([
      2,
      'inkling: --fold: must be a part and the number of parts, as 2/5, at most 100 parts, got "1/x"',
    ]);
  });
});

describe("inkling train --seeds", () => {
  it("trains with each seed, and tells mean, range and the figures of all nets together", async () => {
    const { io, code } = await train("--seeds", "3", "--seed", "5", "--name", "seeds", "--json");
    expect(code).toBe(0);
    const { trainings, test, ensemble, crossValidated } = io.records.at(-1) as Summary;
    expect(trainings.map(({ seed }) => seed)).toEqual([5, 6, 7]);
    expect(test.accuracy.n).toBe(3);
    expect(test.accuracy.min).toBeLessThanOrEqual(test.accuracy.mean);
    expect(test.accuracy.max).toBeGreaterThanOrEqual(test.accuracy.mean);
    expect(ensemble).toMatchObject({ n: 50 });
    expect(crossValidated).toBeNull();
    const kept = await readdir(join(folder, "runs"));
    expect(kept).toEqual(expect.arrayContaining(["seeds-seed-5", "seeds-seed-6", "seeds-seed-7"]));
  });

  it("repeats a cross-validation, an image counting once", async () => {
    const { io } = await train("--seeds", "2", "--folds", "2", "--name", "repeated", "--json");
    const { trainings, crossValidated } = io.records.at(-1) as Summary;
    expect(trainings).toHaveLength(4);
    expect(crossValidated?.n).toBe(200);
  });

  it("holds the mean against --min-accuracy", async () => {
    const { io, code } = await train("--seeds", "2", "--min-accuracy", "1", "--json");
    expect(code).toBe(3);
    expect(io.err).toMatch(/\ninkling: --min-accuracy: accuracy must be at least 1, got 0\.\d+\n$/);
  });
});

describe("inkling train --set", () => {
  it("trains the recipe with the changes, and keeps them in the run", async () => {
    const changes = ["layers.1.initializer.type=zeros", "training.optimizer.momentum=0.5"];
    const argv = changes.flatMap((change) => ["--set", change]);
    const { code } = await train(...argv, "--name", "set", "--json");
    expect(code).toBe(2);
    const { code: better } = await train(
      ...["--set", 'layers.1.initializer={"type":"zeros"}', "--set", changes[1]!],
      ...["--name", "set", "--json"],
    );
    expect(better).toBe(0);
    expect((await configOf("set")).recipe).toMatchObject({
      model: { layers: [{}, { initializer: { type: "zeros" } }] },
      training: { epochs: 2, optimizer: { type: "sgd", momentum: 0.5 } },
    });
  });

  it.each([
    ["training.epochs", "--set: must be path=value, as training.epochs=3, got"],
    ["epochs=3", "--set epochs: a path begins with .*\n {2}did you mean training\\.epochs\\?"],
    ["layers.1.units=few", "--set layers\\.1\\.units: model: layers\\[1\\] dense: units must be"],
    [
      "layers.1.units=9",
      "--set: the last layer must have one output for each of the 10 classes, got \\[9\\]\n",
    ],
  ])("refuses --set %s with one precise line", async (change, message) => {
    const { io } = await train("--set", change, "--json");
    expect(io.err).toMatch(new RegExp(`^inkling: ${message}`));
  });
});
