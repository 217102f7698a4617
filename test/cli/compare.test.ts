import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import type { Comparison } from "../../src/evaluate/index.js";
import { testIo } from "./test-io.js";
import { writePictures, writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-compare-"));
  await writeTinyData(join(folder, "tiny"), { train: 400, test: 60 });
  for (const [name, epochs] of [
    ["short", "1"],
    ["long", "8"],
  ] as const) {
    const argv = ["train", "softmax", "--data", "tiny", "--device", "reference", "--json"];
    await main([...argv, "--name", name, "--epochs", epochs], testIo({ cwd: folder }));
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function compare(argv: readonly string[], options: Parameters<typeof testIo>[0] = {}) {
  const io = testIo({ cwd: folder, ...options });
  const common = ["compare", "runs/short", "runs/long", "--data", "tiny", "--threads", "1"];
  return { io, code: await main([...common, ...argv], io) };
}

describe("inkling compare", () => {
  it("measures two models on the same images, and the pair", async () => {
    const { io, code } = await compare(["--json"]);
    expect({ code, err: io.err, lines: io.records.length }).toEqual({ code: 0, err: "", lines: 1 });
    const { n, models, pairs, steps, disagreements } = io.records[0] as Comparison;
    expect(n).toBe(60);
    expect(models.map(({ name }) => name)).toEqual(["short", "long"]);
    const [short, long] = models;
    expect(long!.accuracy).toBeGreaterThan(short!.accuracy);
    expect(short).toMatchObject({ parameters: 7850, convolutions: 0, robustness: null });
    expect(short!.train!.n).toBe(400);
    expect(short!.translation.map(({ strength }) => strength)).toEqual([1, 2, 3, 4, 5]);
    expect(short!.speed.oneImageMs).toBeGreaterThan(0);
    const [pair] = pairs;
    expect(pair!.fixed - pair!.introduced).toBe(
      Math.round(60 * (long!.accuracy - short!.accuracy)),
    );
    expect(pair!.accuracy.mean).toBeCloseTo(long!.accuracy - short!.accuracy, 12);
    expect(pair!.accuracy.low).toBeLessThan(pair!.accuracy.mean);
    expect(pair!.p).toBeGreaterThan(0);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ from: "short", to: "long" });
    expect(disagreements.length).toBeGreaterThanOrEqual(pair!.fixed + pair!.introduced);
  });

  it("refuses one model twice", async () => {
    const { io, code } = await compare(["runs/short"]);
    expect(code).toBe(2);
    expect(io.err).toMatch(/^inkling: compare: models must differ, got runs\/short twice\n/);
  });

  it("gives the same figures for the same seed", async () => {
    const records = await Promise.all(
      [0, 1].map(async () => (await compare(["--json"])).io.records[0] as Comparison),
    );
    // But for what the clock says, in figures and in words.
    const [once, again] = records.map(({ models, steps, ...rest }) => ({
      ...rest,
      models: models.map(({ speed, ...figures }) => figures),
      sentences: steps.map(({ sentences }) => sentences.filter((text) => !/ ms\b/.test(text))),
    }));
    expect(again).toEqual(once);
  });

  it("prints tables and reasons for a person, and fits a narrow terminal", async () => {
    const { io, code } = await compare([]);
    expect(code).toBe(0);
    expect(io.out).toMatch(/^short, long on tiny, test: 60 images\n\n/);
    expect(io.out).toMatch(/^model +accuracy +95 % +wrong +loss +training$/m);
    expect(io.out).toMatch(/^short → long +[+−]\d+\.\d\d /m);
    expect(io.out).toMatch(/^why: short → long\n- long reads /m);
    expect(io.out).toMatch(/^moved by +0 px +1 px/m);
    for (const line of io.out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("writes a page and a picture of the images on which they disagree", async () => {
    const { io, code } = await compare(["--html", "out/c.html", "--png", "out/c.png"]);
    expect(code).toBe(0);
    expect(io.out).toMatch(/page: out\/c\.html\npicture: out\/c\.png\n$/);
    const page = await readFile(join(folder, "out", "c.html"), "utf8");
    expect(page).toContain("<h1>short, long on tiny</h1>");
    expect(page).not.toMatch(/https?:|<script|undefined|NaN/);
    const png = await readFile(join(folder, "out", "c.png"));
    expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  });

  it("measures corrupted copies when asked for robustness", async () => {
    const { io, code } = await compare(["--robustness", "--json", "--html", "robust.html"]);
    expect(code).toBe(0);
    const [{ robustness }] = (io.records[0] as Comparison).models as [Comparison["models"][0]];
    expect(robustness!.rows).toHaveLength(8);
    for (const { cells } of robustness!.rows) expect(cells).toHaveLength(5);
    const page = await readFile(join(folder, "robust.html"), "utf8");
    expect(page.match(/<td><i class="tile"/g)).toHaveLength(40);
  });

  it("tells in a terminal what it measures and how long it takes", async () => {
    const { io } = await compare([], { isTTY: true });
    expect(io.err).toMatch(/translation {2}▕.*▏ +\d+ % {2}\d+:\d\d left/);
    expect(io.err.endsWith("\r\x1b[K")).toBe(true);
  });

  it("compares on training images, where there is no capacity to tell", async () => {
    const { io } = await compare(["--split", "train", "--json"]);
    const { n, models } = io.records[0] as Comparison;
    expect([n, models[0]!.train]).toEqual([400, null]);
  });

  it("asks for two models, and for labels they know", async () => {
    const one = testIo({ cwd: folder });
    expect(await main(["compare", "runs/short", "--data", "tiny"], one)).toBe(2);
    expect(one.err).toMatch(/^inkling: compare: must be given two models or more, got 1\n/);
    await writePictures(join(folder, "photos", "all"));
    const strange = testIo({ cwd: folder });
    expect(await main(["compare", "runs/short", "runs/long", "--data", "photos"], strange)).toBe(1);
    expect(strange.err).toMatch(/labels must be among the model's classes/);
  });
});
