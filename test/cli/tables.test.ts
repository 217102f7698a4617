import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/index.js";
import { main } from "../../src/cli/index.js";
import { type ImageSet, imageAt, synthetic } from "../../src/data/index.js";
import { testIo } from "./test-io.js";
import { writePictures } from "./tiny-data.js";

let folder: string;

/**
 * Animals of three kinds, told apart by height and colour together, neither of which is enough; in one row
 * of ten a value is missing.
 */
function animals(count: number, random: Random): string {
  const kinds = ["ant", "bee", "cat"];
  const rows = Array.from({ length: count }, (_, id) => {
    const kind = random.integer(3);
    const height = (kind === 0 ? 10 : 90) + 5 * random.normal();
    const colour = kind === 1 ? "red" : ["green", "blue"][random.integer(2)];
    const cells = [id, height.toFixed(2), colour, random.normal().toFixed(3), kinds[kind]];
    if (random.uniform() < 0.1) cells[1 + random.integer(3)] = ["", "NA", "?"][random.integer(3)];
    return cells.join(",");
  });
  return ["id,height,colour,mood,species", ...rows, ""].join("\n");
}

/** Digits in Kaggle's layout; `turn` changes each pixel's place and value. */
function pixels(set: ImageSet, turn: (image: Uint8Array) => Uint8Array = (image) => image): string {
  const names = Array.from({ length: 784 }, (_, i) => `pixel${i}`);
  const rows = Array.from({ length: set.count }, (_, i) =>
    [set.classes[set.labels[i]!], ...turn(imageAt(set, i))].join(","),
  );
  return [["label", ...names].join(","), ...rows, ""].join("\n");
}

function darkOnItsSide(image: Uint8Array): Uint8Array {
  return image.map((_, i) => 255 - image[(i % 28) * 28 + Math.floor(i / 28)]!);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-tables-"));
  const random = new Random(3);
  await writeFile(join(folder, "animals.csv"), animals(400, random));
  const more = animals(200, random);
  await writeFile(join(folder, "more.csv"), more);
  await writeFile(join(folder, "new.csv"), more.replaceAll("blue", "violet"));
  const digits = synthetic({ count: 700, random });
  await writeFile(join(folder, "upright.csv"), pixels(digits));
  await writeFile(join(folder, "turned.csv"), pixels(digits, darkOnItsSide));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main([...argv, "--device", "reference"], io) };
}

const prepare = "ignore:id,missing:median,oneHot,zScore";
const train = ["train", "mlp", "--data", "animals.csv", "--label", "species", "--epochs", "10"];

describe("inkling train on tables", () => {
  it("learns from a table with gaps and categories, and measures another as well as that", async () => {
    const trained = await run(...train, "--prepare", prepare, "--name", "animals", "--json");
    expect({ code: trained.code, err: trained.io.err }).toEqual({ code: 0, err: "" });
    const [told] = trained.io.records;
    expect(told).toMatchObject({
      event: "prepare",
      training: { rows: 400, dropped: 0, unseen: [] },
    });
    const end = trained.io.records.at(-1) as { train: { accuracy: number } };
    expect(end.train.accuracy).toBeGreaterThan(0.9);

    const measured = await run("evaluate", "runs/animals", "--data", "more.csv", "--json");
    const { accuracy, prepare: notes } = measured.io.records[0] as Record<string, unknown>;
    expect(accuracy).toBeGreaterThan(0.9);
    expect(notes).toMatchObject({ rows: 200, unseen: [] });
  });

  it("does the same in use as in training: the same file, the same figures", async () => {
    const trained = await run(...train, "--prepare", prepare, "--name", "again", "--json");
    const end = trained.io.records.at(-1) as { train: object };
    const measured = await run("evaluate", "runs/again", "--data", "animals.csv", "--json");
    expect(measured.io.records[0]).toMatchObject(end.train);
  });

  it("tells people what was missing, left out and new", async () => {
    const steps = "ignore:id,missing:drop,ordinal,minMax";
    const trained = await run(
      ...train,
      "--prepare",
      steps,
      "--name",
      "dropped",
      "--validation",
      "0.2",
    );
    expect(trained.io.err).toMatch(
      /^training: 320 rows; missing: height \d+, colour \d+, mood \d+; \d+ rows left out\nvalidation: 80 rows; missing: /,
    );
    const measured = await run("evaluate", "runs/dropped", "--data", "new.csv");
    expect(measured.io.out).toMatch(
      /^runs\/dropped on new, test\ntest: 200 rows; missing: .*; \d+ rows left out; new categories: colour \d+\n/,
    );
  });

  it("takes the steps of a recipe in a file, and goes on with a run that was begun so", async () => {
    const recipe = {
      prepare: prepare.split(","),
      model: { input: [5], layers: [{ type: "dense", units: 3, activation: "softmax" }] },
    };
    await writeFile(join(folder, "net.json"), JSON.stringify(recipe));
    const argv = ["train", "net.json", "--data", "animals.csv", "--label", "species"];
    const { code, io } = await run(...argv, "--name", "recipe", "--json");
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const config = JSON.parse(await readFile(join(folder, "runs/recipe/config.json"), "utf8"));
    expect(config.recipe.prepare).toEqual(recipe.prepare);
    expect(config.call.options).toMatchObject({ label: "species", prepare: recipe.prepare });
  });

  it.each<[string[], number, string]>([
    [["--prepare", "median"], 2, "--prepare: a step must be one of"],
    [["--prepare", "invert"], 1, "prepare: tables take the steps ignore, missing,"],
    [
      ["--prepare", "missing:mean"],
      1,
      "animals.csv: row 2, column colour: must be a number by now",
    ],
    [["--prepare", "oneHot"], 1, "a value must be given, got nothing; say how"],
    [["--label", "specie", "--prepare", prepare], 1, "did you mean species?"],
    [["--folds", "2", "--prepare", prepare], 0, ""],
  ])("answers %j with exit code %i", async (options, code, problem) => {
    const given = await run(...train, "--json", ...options);
    expect(given.code).toBe(code);
    expect(given.io.err.replaceAll("\n  ", "; ")).toContain(problem);
  });

  it("says what a model of tables is not for", async () => {
    await run(...train, "--prepare", prepare, "--name", "tables");
    await writePictures(join(folder, "pictures"));
    const io = testIo({ cwd: folder });
    expect(await main(["read", "pictures", "--model", "runs/tables"], io)).toBe(1);
    expect(io.err).toContain("must be a model of pictures, got one of tables of 4 columns");
    const images = await run("evaluate", "runs/tables", "--data", "synthetic");
    expect(images.code).toBe(1);
    expect(images.io.err).toContain(
      "data set synthetic: must be a table for a model of tables, a CSV or TSV file, got images",
    );
  });
});

describe("inkling data inspect", () => {
  it("tells what the columns of a table hold, so that their preparation can be chosen", async () => {
    const text = testIo({ cwd: folder });
    const argv = ["data", "inspect", "animals.csv", "--label", "species"];
    expect(await main(argv, text)).toBe(0);
    expect(text.out).toMatch(/^animals\ntrain +400 rows +4 columns +labels in species\n\n/);
    expect(text.out).toMatch(/^column +holds +missing +different +values$/m);
    expect(text.out).toMatch(/^id +numbers +0 +400 +0 to 399, mean 199\.5$/m);
    expect(text.out).toMatch(/^colour +texts +\d+ +3 +\w+, \w+, \w+$/m);
    expect(text.out).toMatch(/^cat +\d+$/m);
    const json = testIo({ cwd: folder });
    await main([...argv, "--json"], json);
    expect(json.records[0]).toMatchObject({
      name: "animals",
      train: { count: 400, label: "species", columns: [{ name: "id", missing: 0 }, {}, {}, {}] },
    });
  });
});

describe("inkling train on tables of pixels", () => {
  it("reads pictures with what it learned, however the images lay in their file", async () => {
    await writePictures(join(folder, "pictures"));
    const shown = [];
    for (const [data, steps] of [
      ["upright.csv", "resize:20"],
      ["turned.csv", "invert,transpose,resize:20"],
      ["upright.csv", "invert,resize:20"],
    ] as const) {
      const name = `${data}-${steps}`;
      const argv = ["train", "softmax", "--data", data, "--epochs", "3", "--name", name];
      const trained = await run(...argv, "--prepare", steps, "--json");
      expect({ code: trained.code, err: trained.io.err }).toEqual({ code: 0, err: "" });
      const io = testIo({ cwd: folder });
      await main(["read", "pictures", "--model", `runs/${name}`, "--json"], io);
      const readings = io.records as { file: string; label: string; confidence: number }[];
      shown.push(readings.map(({ label, confidence }) => [label, confidence.toFixed(4)]));
      const right = readings.filter(({ file, label }) => file.endsWith(`${label}.png`));
      expect(right.length).toBeGreaterThanOrEqual(7);
    }
    // Turned and set right, the images are the same, and so is what was learned from them.
    expect(shown[1]).toEqual(shown[0]);
  });

  it("measures images in a file like that of the training, prepared alike", async () => {
    const argv = ["train", "softmax", "--data", "turned.csv", "--epochs", "2", "--name", "turned"];
    const trained = await run(...argv, "--prepare", "invert,transpose", "--json");
    const end = trained.io.records.at(-1) as { train: object };
    const measured = await run("evaluate", "runs/turned", "--data", "turned.csv", "--json");
    expect(measured.io.records[0]).toMatchObject(end.train);
  });

  it("refuses steps for tables", async () => {
    const { code, io } = await run("train", "mlp", "--data", "upright.csv", "--prepare", "zScore");
    expect(code).toBe(1);
    expect(io.err).toContain(
      "prepare: images take the steps resize, invert and transpose, got zScore, which is for tables",
    );
  });
});
