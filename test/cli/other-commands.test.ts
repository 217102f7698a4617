import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-cli-"));
  await writeTinyData(join(folder, "tiny"), { train: 100, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  const io = testIo({ cwd: folder, env: { XDG_CACHE_HOME: join(folder, "cache") } });
  return { io, code: await main(argv, io) };
}

describe("inkling data", () => {
  it("lists every named set", async () => {
    const { io, code } = await run("data", "list", "--json");
    expect(code).toBe(0);
    expect(io.records.map((set) => (set as { name: string }).name)).toEqual([
      "mnist",
      "fashion-mnist",
      "emnist-letters",
      "emnist-balanced",
      "emnist-digits",
      "emnist-byclass",
      "unipen",
      "digits-20x20",
      "synthetic",
    ]);
    expect((await run("data", "list")).io.out).toMatch(/^mnist +handwritten digits/);
  });

  it("tells of each set where it is at hand, or how it can be had", async () => {
    const lines = async (...argv: string[]) => {
      const { io } = await run("data", "list", ...argv);
      return new Map(io.out.split("\n").map((line) => [line.split(" ")[0], line]));
    };
    const absent = await lines();
    expect(absent.get("mnist")).toMatch(/28×28 +fetched on first use, 11\.6 MB$/);
    expect(absent.get("unipen")).toMatch(/ data folder only$/);
    expect(absent.get("synthetic")).toMatch(/ generated$/);

    await writeTinyData(join(folder, "sets", "mnist"), { train: 10, test: 10 });
    const mnist = join(folder, "sets", "mnist");
    expect((await lines("--data-dir", "sets")).get("mnist")!.endsWith(`  ${mnist}`)).toBe(true);
    const { io } = await run("data", "list", "--data-dir", "sets", "--json");
    expect(io.records[0]).toMatchObject({ name: "mnist", at: mnist });
    expect(io.records[1]).toMatchObject({ name: "fashion-mnist", at: null });
    const doctor = await run("doctor", "--json", "--data-dir", "sets");
    expect(doctor.io.records[0]).toMatchObject({ data: [{ sets: ["mnist"] }, { sets: [] }] });
  });

  it("inspects a set: counts, range, and a contact sheet as PNG", async () => {
    const { io, code } = await run("data", "inspect", "tiny", "--sheet", "sheet.png", "--json");
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const part = (count: number) => ({
      count,
      height: 28,
      width: 28,
      channels: 1,
      range: [0, expect.any(Number)],
      perClass: [..."0123456789"].map((label) => ({ label, count: count / 10 })),
    });
    expect(io.records).toEqual([
      {
        name: "tiny",
        train: part(100),
        test: part(20),
        files: expect.any(Array),
        sheet: "sheet.png",
      },
    ]);
    const png = await readFile(join(folder, "sheet.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const text = await run("data", "inspect", "tiny");
    expect(text.io.out).toMatch(/^tiny\ntrain +100 images +28×28 +values 0 to \d+\n/);
    expect(text.io.out).toContain("contact sheet: tiny.png\n");
  });

  it("replaces a picture with a contact sheet only when told to", async () => {
    await writeTinyData(join(folder, "twice"), { train: 10, test: 10 });
    await writeFile(join(folder, "twice.png"), "mine");
    const { io, code } = await run("data", "inspect", "twice");
    expect({ code, out: io.out }).toEqual({ code: 1, out: "" });
    expect(io.err).toBe(
      "inkling: twice.png: must not exist yet, where the contact sheet would go\n  to replace it say --sheet twice.png\n",
    );
    expect(await readFile(join(folder, "twice.png"), "utf8")).toBe("mine");
    expect((await run("data", "inspect", "twice", "--sheet", "twice.png")).code).toBe(0);
    expect(await readFile(join(folder, "twice.png"), "utf8")).not.toBe("mine");
  });

  it("fetches named sets only, and suggests the one that was meant", async () => {
    const { io, code } = await run("data", "get", "minst");
    expect(code).toBe(2);
    expect(io.err).toMatch(
      /^inkling: data get: must be one of mnist, .*\n {2}did you mean mnist\?\n$/,
    );
  });
});

describe("inkling recipes", () => {
  it("lists them, and in full as JSON", async () => {
    const { io, code } = await run("recipes", "--json");
    expect(code).toBe(0);
    const [recipes] = io.records as [{ name: string }[]];
    const names = recipes.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["softmax", "mlp", "fast99", "cnn", "digits"]));
    expect(recipes[0]).toMatchObject({ name: "softmax", parameters: 7850 });
    const table = (await run("recipes")).io.out;
    expect(table).toMatch(/^recipe +parameters.*\nsoftmax +7,850 /);
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("shows one with the shapes of its weights, and what the work it repeats reports", async () => {
    const { io, code } = await run("recipes", "mlp-25-15");
    expect(code).toBe(0);
    for (const shape of ["[400, 25]", "[25, 15]", "[15, 10]"]) expect(io.out).toContain(shape);
    expect(io.out).toContain("training accuracy 99.70 %");
  });

  it("prints one as a file that train takes as it is", async () => {
    const { io } = await run("recipes", "mlp-25-15", "--json");
    await writeFile(join(folder, "mine.json"), io.out);
    expect(JSON.parse(io.out)).toMatchObject({ name: "mlp-25-15", data: "digits-20x20" });
    // It gets as far as the data that it is refused.
    const { io: trained } = await run("train", "mine.json", "--data", "none");
    expect(trained.err).toMatch(
      /^inkling: data set none: must be a folder, a file or one of mnist/,
    );
  });

  it("suggests the recipe that was meant", async () => {
    const { io, code } = await run("recipes", "cmn");
    expect(code).toBe(2);
    expect(io.err).toBe(
      'inkling: recipes: must be the name of a recipe, got "cmn"\n  did you mean cnn?\n',
    );
  });
});

describe("inkling doctor", () => {
  it("tells what the machine can do and where data is looked for", async () => {
    const { io, code } = await run("doctor", "--json", "--data-dir", ".");
    expect(code).toBe(0);
    expect(io.records).toEqual([
      {
        inkling: expect.any(String),
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        processor: expect.any(String),
        cores: expect.any(Number),
        threads: expect.any(Number),
        backend: expect.any(String),
        models: expect.any(Array),
        data: [
          { source: "--data-dir", folder, sets: [] },
          { source: "cache", folder: join(folder, "cache", "inkling"), sets: [] },
        ],
      },
    ]);
    expect((await run("doctor")).io.out).toMatch(/^inkling +\d/);
  });
});
