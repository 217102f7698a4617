import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeLargeData, writePictures, writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-evaluate-"));
  await writeTinyData(join(folder, "tiny"), { train: 400, test: 60 });
  const argv = ["train", "softmax", "--data", "tiny", "--epochs", "8", "--device", "reference"];
  await main([...argv, "--name", "model", "--json"], testIo({ cwd: folder }));
});
afterAll(() => rm(folder, { recursive: true }));

async function evaluate(argv: readonly string[], options: Parameters<typeof testIo>[0] = {}) {
  const io = testIo({ cwd: folder, ...options });
  const common = ["evaluate", "runs/model", "--data", "tiny", "--device", "reference"];
  return { io, code: await main([...common, ...argv], io) };
}

const number = expect.any(Number);
const list = expect.any(Array);
const metrics = {
  precision: number,
  recall: number,
  specificity: number,
  f1: number,
  negativePredictiveValue: number,
  falsePositiveRate: number,
  undefinedRatios: list,
};
const roc = { falsePositiveRate: list, truePositiveRate: list, area: number };
const precisionRecall = { recall: list, precision: list, averagePrecision: number, area: number };
const curves = {
  roc: { ...roc, thresholds: list },
  precisionRecall: { ...precisionRecall, thresholds: list },
};

describe("inkling evaluate of several models", () => {
  it("answers with the mean of their probabilities: a model beside itself as alone", async () => {
    const alone = await evaluate(["--json"]);
    const twice = await evaluate(["runs/model", "--json"]);
    expect(twice.code).toBe(0);
    const [one] = alone.io.records as [{ accuracy: number; loss: number; confusion: number[][] }];
    const [two] = twice.io.records as [typeof one];
    expect(two.confusion).toEqual(one.confusion);
    expect(two.loss).toBeCloseTo(one.loss, 6);
  });

  it("names them all, and the one that knows other classes", async () => {
    const letters = "train softmax --data pictures --epochs 1 --name letters".split(" ");
    for (const label of ["a", "b"]) await writePictures(join(folder, "pictures", label));
    expect(await main([...letters, "--json"], testIo({ cwd: folder }))).toBe(0);
    const { io, code } = await evaluate(["runs/letters"]);
    expect([code, io.err]).toEqual([
      1,
      "inkling: model runs/letters: must know the classes of runs/model to answer with it, in the same order, got others\n",
    ]);
    expect((await evaluate(["runs/model"])).io.out).toMatch(
      /^runs.model \+ runs.model on tiny, test\n/,
    );
  });
});

describe("inkling evaluate", () => {
  it("prints every figure as one JSON record", async () => {
    const { io, code } = await evaluate(["--json"]);
    expect({ code, err: io.err, lines: io.records.length }).toEqual({ code: 0, err: "", lines: 1 });
    const record = io.records[0] as { confusion: number[][]; accuracy: number; n: number };
    expect(record).toEqual({
      n: 60,
      samples: "images",
      accuracy: number,
      interval: [number, number],
      loss: number,
      lossType: "crossEntropy",
      perClass: [..."0123456789"].map((label) => ({ label, support: 6, ...metrics })),
      macro: metrics,
      weighted: metrics,
      micro: metrics,
      confusion: list,
      agreement: { matthewsCorrelation: number, cohensKappa: number, undefinedRatios: [] },
      topK: [2, 3, 5].map((k) => ({ k, accuracy: number })),
      calibration: {
        negativeLogLikelihood: number,
        brierScore: number,
        expectedCalibrationError: number,
        bins: list,
      },
      reject: list,
      coverageAtError: [0.01, 0.001].map((maxError) => ({
        maxError,
        threshold: number,
        coverage: number,
        error: number,
      })),
      curves: {
        perClass: [..."0123456789"].map((label) => ({ label, ...curves })),
        micro: curves,
        macro: { roc, precisionRecall },
      },
    });
    const right = record.confusion.reduce((sum, row, k) => sum + row[k]!, 0);
    expect(right / record.n).toBe(record.accuracy);
  });

  it("measures what training said at its end", async () => {
    const run = join(folder, "runs", "model");
    const html = await readFile(join(run, "report.html"), "utf8");
    const { io } = await evaluate(["--json"]);
    const { accuracy } = io.records[0] as { accuracy: number };
    expect(html).toContain((accuracy * 100).toFixed(2));
  });

  it.each(["binaryCrossEntropy", "meanSquaredError"])(
    "measures a model of sigmoids by the loss it was trained with, %s",
    async (type) => {
      const layers = [{ type: "flatten" }, { type: "dense", units: 10, activation: "sigmoid" }];
      const recipe = { model: { input: [28, 28, 1], layers }, training: { loss: { type } } };
      await writeFile(join(folder, `${type}.json`), JSON.stringify(recipe));
      const training = testIo({ cwd: folder });
      const argv = ["train", `${type}.json`, "--data", "tiny", "--epochs", "12", "--lr", "0.01"];
      await main([...argv, "--device", "reference", "--name", type, "--json"], training);
      const { test } = training.records.at(-1) as { test: { loss: number; accuracy: number } };
      expect(test.accuracy).toBeGreaterThan(0.6);
      expect(test.loss).toBeLessThan(0.3);

      const io = testIo({ cwd: folder });
      const call = ["evaluate", join("runs", type), "--data", "tiny", "--device", "reference"];
      expect(await main([...call, "--json"], io)).toBe(0);
      expect(io.records[0]).toMatchObject({ ...test, lossType: type });
    },
  );

  it("measures on the training images if asked to", async () => {
    const { io } = await evaluate(["--json", "--split", "train"]);
    expect(io.records[0]).toMatchObject({ n: 400 });
  });

  it("prints the headline, the classes and the confusions for a person", async () => {
    const { io, code } = await evaluate([]);
    expect(code).toBe(0);
    expect(io.out).toMatch(
      /^runs\/model on tiny, test\naccuracy \d+\.\d\d % \(95 %: \d+\.\d\d % to \d+\.\d\d %\) {2}loss \d\.\d{4} {2}\d+ of 60 wrong\n\n/,
    );
    expect(io.out).toMatch(/^ROC AUC +macro [01]\.\d{4} {3}micro [01]\.\d{4}$/m);
    expect(io.out).toMatch(/^class +precision +recall +specificity +F1 +NPV +FPR .*images$/m);
    expect(io.out).toMatch(/^7( +>?\d\.\d{4}){6,7} +6$/m);
    expect(io.out).toMatch(/^rows: what it is, columns: what it was read as\n +0 +1 +2/m);
    expect(io.out).not.toContain("\x1b");
  });

  it("draws how far it is in a terminal, and takes it away", async () => {
    const { io } = await evaluate([], { isTTY: true });
    expect(io.err).toBe(`\rmeasuring  ▕${"█".repeat(20)}▏ 100 %\x1b[K\r\x1b[K`);
    expect((await evaluate([])).io.err).toBe("");
  });

  it("colours for terminals, unless NO_COLOR is set", async () => {
    expect((await evaluate([], { isTTY: true })).io.out).toContain("\x1b[1m");
    const plain = await evaluate([], { isTTY: true, env: { NO_COLOR: "1" } });
    expect(plain.io.out).not.toContain("\x1b");
  });

  it("writes a report that opens offline", async () => {
    const { io, code } = await evaluate(["--report", "report"]);
    expect(code).toBe(0);
    expect(io.out).toContain(`report: ${join("report", "report.html")}`);
    const html = await readFile(join(folder, "report", "report.html"), "utf8");
    expect(html).toContain("runs/model on tiny");
    const figures = JSON.parse(await readFile(join(folder, "report", "evaluation.json"), "utf8"));
    expect(figures.n).toBe(60);
    const data = await readdir(join(folder, "report", "data"));
    expect(data).toEqual(expect.arrayContaining(["confusion.svg", "curves.csv", "readings.csv"]));
  });

  it("writes its figures as files for other programs", async () => {
    const { io, code } = await evaluate(["--out", "figures"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.out).toMatch(/\nfigures: figures\n$/);
    const read = (name: string) => readFile(join(folder, "figures", name), "utf8");
    expect((await readdir(join(folder, "figures"))).toSorted()).toEqual([
      ...["all", "column", "row"].flatMap((by) => [
        `confusion-by-${by}.csv`,
        `confusion-by-${by}.svg`,
      ]),
      "confusion.csv",
      "confusion.json",
      "confusion.svg",
      "curves.csv",
      "curves.json",
      "metrics.json",
      "reject.csv",
      "reliability.csv",
    ]);
    const { confusion, accuracy } = JSON.parse(await read("metrics.json"));
    expect(io.out).toContain((100 * accuracy).toFixed(2));
    const rows = (await read("confusion.csv")).trimEnd().split("\n").slice(1);
    expect(rows).toEqual(confusion.map((row: number[], k: number) => [k, ...row].join(",")));
  });

  it("measures corrupted copies when asked for robustness, and draws them in the report", async () => {
    const { io, code } = await evaluate(["--robustness", "--report", "robust", "--device", "wasm"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.out).toMatch(/^corrupted +1 +2 +3 +4 +5 +mean\nshift( +\d+\.\d %){6}$/m);
    const html = await readFile(join(folder, "robust", "report.html"), "utf8");
    expect(html.match(/<td><i class="tile"/g)).toHaveLength(40);
    const rows = await readFile(join(folder, "robust", "data", "robustness.csv"), "utf8");
    expect(rows.trimEnd().split("\n")).toHaveLength(41);
    const json = await evaluate(["--robustness", "--json", "--device", "wasm"]);
    expect(json.io.records[0]).toMatchObject({ n: 60, robustness: { mean: expect.any(Number) } });
    const several = await evaluate(["runs/model", "--robustness"]);
    expect(several.code).toBe(2);
    expect(several.io.err).toContain(
      "--robustness: must be asked of one model of images, got 2 models",
    );
  });

  it("exits with 3 below the accuracy asked for", async () => {
    const { io, code } = await evaluate(["--min-accuracy", "1"]);
    expect(code).toBe(3);
    expect(io.err).toMatch(/^inkling: --min-accuracy: accuracy must be at least 1, got 0\.\d+\n$/);
    expect((await evaluate(["--min-accuracy", "0.1"])).code).toBe(0);
  });

  it("takes a folder of labelled pictures, whatever labels it has of the model's", async () => {
    await writePictures(join(folder, "scans", "all"));
    for (const digit of ["3", "8"]) {
      await writePictures(join(folder, "photos", digit));
    }
    const { io, code } = await evaluate(["--data", "photos", "--json"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    // Being of another size they are framed anyway, and once only.
    const ink = await evaluate(["--data", "photos", "--framing", "ink", "--json"]);
    expect(ink.io.records).toEqual(io.records);
    const { n, perClass } = io.records[0] as { n: number; perClass: { support: number }[] };
    expect(n).toBe(20);
    expect(perClass.map(({ support }) => support)).toEqual([0, 0, 0, 10, 0, 0, 0, 0, 10, 0]);
  });

  it("refuses labels that the model does not know", async () => {
    const { io, code } = await evaluate(["--data", "scans"]);
    expect(code).toBe(1);
    expect(io.err).toMatch(
      /^inkling: evaluate: labels must be among the model's classes, 0 1 .* 9, got "all"\n {2}choose other data/,
    );
  });

  it("frames images of its own size only when told to", async () => {
    const losses = new Map<string, number>();
    for (const framing of ["auto", "raw", "ink"]) {
      const { io, code } = await evaluate(["--framing", framing, "--json"]);
      expect(code).toBe(0);
      losses.set(framing, (io.records[0] as { loss: number }).loss);
    }
    expect(losses.get("auto")).toBe(losses.get("raw"));
    expect(losses.get("ink")).not.toBe(losses.get("raw"));
  });

  it("reads images of another size and polarity as a user's, and refuses to take them as they are", async () => {
    await writeLargeData(join(folder, "large"), 60);
    const own = await evaluate(["--framing", "ink", "--json"]);
    const { io, code } = await evaluate(["--data", "large", "--json"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const accuracy = (records: unknown[]) => (records[0] as { accuracy: number }).accuracy;
    expect(accuracy(io.records)).toBeGreaterThan(accuracy(own.io.records) - 0.1);
    const raw = await evaluate(["--data", "large", "--framing", "raw"]);
    expect({ code: raw.code, err: raw.io.err }).toEqual({
      code: 1,
      err: "inkling: framing raw: pictures must have 28 × 28 pixels, as the model takes, got 56 × 56\n  choose auto or ink\n",
    });
  });

  it("names a model that is not there, and a file that is no model", async () => {
    const io = testIo({ cwd: folder });
    expect(await main(["evaluate", "runs/none", "--data", "tiny"], io)).toBe(1);
    expect(io.err).toMatch(/^inkling: model .*none: must be /);
    const mistyped = testIo({ cwd: folder });
    expect(await main(["evaluate", "digts", "--data", "tiny"], mistyped)).toBe(1);
    expect(mistyped.err).toMatch(/^inkling: model digts: must be .*\n {2}did you mean digits\?\n$/);
    const broken = testIo({ cwd: folder });
    expect(await main(["evaluate", "tiny/t10k-labels-idx1-ubyte"], broken)).toBe(1);
    expect(broken.err).toMatch(/t10k-labels-idx1-ubyte: must be an \.inkling file, got /);
  });
});
