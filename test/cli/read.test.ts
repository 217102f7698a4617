import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { encodePng } from "../../src/data/index.js";
import { testIo } from "./test-io.js";
import { writePictures, writeTinyData } from "./tiny-data.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-read-"));
  await writeTinyData(join(folder, "tiny"), { train: 500, test: 10 });
  const argv = ["train", "softmax", "--data", "tiny", "--epochs", "10", "--device", "reference"];
  await main([...argv, "--name", "model", "--json"], testIo({ cwd: folder }));
  await writePictures(join(folder, "digits"));
  await mkdir(join(folder, "odd"));
  await writeFile(
    join(folder, "odd", "blank.png"),
    await encodePng(new Uint8Array(40 * 40).fill(255), { width: 40, height: 40 }),
  );
  await writeFile(join(folder, "odd", "broken.png"), "this is no picture");
});
afterAll(() => rm(folder, { recursive: true }));

async function read(argv: readonly string[], options: Parameters<typeof testIo>[0] = {}) {
  const io = testIo({ cwd: folder, ...options });
  return { io, code: await main(["read", "--model", "runs/model", ...argv], io) };
}

const digits = [..."0123456789"].map((digit) => join("digits", `${digit}.png`));

describe("inkling read", () => {
  it("prints one JSON line a picture, in the order given", async () => {
    const given = digits.toReversed();
    const { io, code } = await read([...given, "--json"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    const candidate = { label: expect.stringMatching(/^\d$/), confidence: expect.any(Number) };
    expect(io.records).toEqual(
      given.map((file) => ({
        file,
        status: expect.stringMatching(/^(read|unsure)$/),
        ...candidate,
        top: [candidate, candidate, candidate],
      })),
    );
    const records = io.records as { label: string; top: { label: string }[] }[];
    for (const { label, top } of records) expect(top[0]!.label).toBe(label);
    const right = records.filter(({ label }, index) => given[index]!.includes(label));
    expect(right.length).toBeGreaterThanOrEqual(6);
  });

  it("reads the pictures of a folder in natural order, the same as each alone", async () => {
    const whole = await read(["digits", "--json"]);
    expect(whole.io.records.map((record) => (record as { file: string }).file)).toEqual(digits);
    const alone = await read([digits[4]!, "--json"]);
    expect(alone.io.records[0]).toEqual(whole.io.records[4]);
  });

  it("reads standard input for -", async () => {
    const stdin = await readFile(join(folder, digits[7]!));
    const { io, code } = await read(["-", "--json"], { stdin });
    expect(code).toBe(0);
    const file = await read([digits[7]!, "--json"]);
    expect(io.records[0]).toEqual({ ...(file.io.records[0] as object), file: "-" });
  });

  it("sees nothing on a blank picture", async () => {
    const blank = join("odd", "blank.png");
    const { io, code } = await read([blank, "--json"]);
    expect(code).toBe(0);
    expect(io.records).toEqual([
      { file: blank, status: "nothing", label: null, confidence: 0, top: [] },
    ]);
    expect((await read([blank])).io.out).toBe(`${blank}  nothing here\n`);
  });

  it("reads all characters of a picture, or takes them for one if told to", async () => {
    const glyph = (x: number, y: number) =>
      x > 10 && x < 16 && y > 10 && y < 50 ? 0 : x > 50 && x < 56 && y > 10 && y < 50 ? 0 : 255;
    const pixels = Uint8Array.from({ length: 70 * 60 }, (_, i) =>
      glyph(i % 70, Math.floor(i / 70)),
    );
    const page = join("odd", "two.png");
    await writeFile(join(folder, page), await encodePng(pixels, { width: 70, height: 60 }));
    const { io } = await read([page, "--json"]);
    const [record] = io.records as [
      { label: string; characters: { label: string; box: object }[] },
    ];
    expect(record.characters.map(({ box }) => box)).toEqual([
      { left: 11, top: 11, right: 16, bottom: 50 },
      { left: 51, top: 11, right: 56, bottom: 50 },
    ]);
    expect(record.label).toBe(record.characters.map(({ label }) => label).join(""));
    expect((await read([page])).io.out).toMatch(
      /^odd.two\.png {2}\d\?? \d\?? {3}2 characters, .*%/,
    );
    const single = await read([page, "--json", "--single"]);
    expect(single.io.records[0]).not.toHaveProperty("characters");
  });

  it("writes a page that shows every stage", async () => {
    const { code } = await read([digits[3]!, "--explain", "stages.html"]);
    expect(code).toBe(0);
    const page = await readFile(join(folder, "stages.html"), "utf8");
    expect(page.match(/<img alt="[a-z ]+" src="data:image\/png;base64,/g)!.length).toBeGreaterThan(
      3,
    );
    expect(page).toMatch(/<h2>digits.3\.png: \d/);
  });

  it("tells of a broken picture, reads the others, and exits with 1", async () => {
    const broken = join("odd", "broken.png");
    const missing = join("odd", "missing.png");
    const { io, code } = await read([digits[1]!, broken, missing, digits[2]!, "--json"]);
    expect(code).toBe(1);
    const files = io.records.map((record) => (record as { file: string }).file);
    expect(files).toEqual([digits[1], digits[2]]);
    const lines = io.err.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^inkling: .*broken\.png: /);
    expect(lines[1]).toMatch(/^inkling: .*missing\.png: /);
    expect(lines[2]).toBe("inkling: 2 of 4 pictures could not be read");
  });

  it("tells of a single broken picture once", async () => {
    const { io, code } = await read([join("odd", "broken.png")]);
    expect(code).toBe(1);
    expect(io.err.match(/inkling: /g)).toHaveLength(1);
  });

  it("prints label, confidence and the runners-up for a person", async () => {
    const { io } = await read([digits[0]!, "--top", "2"]);
    expect(io.out).toMatch(/^digits.0\.png {2}\d[ ?] +\d+\.\d % {3}\d \d+\.\d %\n$/);
    expect((await read([digits[0]!, "--top", "1"])).io.out).toMatch(/^digits.0\.png {2}\d.* %\n$/);
  });

  it("draws what the model saw, as shades or in colours", async () => {
    const shades = await read([digits[0]!, "--show"]);
    const rows = shades.io.out.split("\n").slice(1, 15);
    expect(rows.join("")).toMatch(/^[ ░▒▓█]*█[ ░▒▓█]*$/);
    const terminal = { isTTY: true, env: { COLORTERM: "truecolor" } };
    const coloured = await read([digits[0]!, "--show"], terminal);
    expect(coloured.io.out.match(/▀/g)).toHaveLength(28 * 14);
    expect(coloured.io.out).toContain("\x1b[38;2;0;0;0;48;2;0;0;0m▀");
  });

  it("draws on stderr where stdout is for JSON", async () => {
    const { io, code } = await read([digits[0]!, "--show", "--json"]);
    expect(code).toBe(0);
    expect(io.records).toEqual((await read([digits[0]!, "--json"])).io.records);
    expect(io.err).toMatch(/^[ ░▒▓█\n]*█[ ░▒▓█\n]*$/);
  });

  it("calls standard input by its name", async () => {
    const { io, code } = await read(["-"], { stdin: new TextEncoder().encode("no picture") });
    expect(code).toBe(1);
    expect(io.err).toBe("inkling: standard input: must be a PNG, JPEG or WebP picture\n");
  });

  it("counts a folder without pictures as one failure, and reads the rest", async () => {
    const { io, code } = await read([digits[1]!, "tiny", digits[2]!, "--json"]);
    expect(code).toBe(1);
    expect(io.records.map((record) => (record as { file: string }).file)).toEqual([
      digits[1],
      digits[2],
    ]);
    expect(io.err).toBe(
      "inkling: tiny: must hold PNG, JPEG or WebP pictures, got none\ninkling: 1 of 3 pictures could not be read\n",
    );
  });

  it("passes over hidden names and folders called like pictures", async () => {
    const picture = await readFile(join(folder, digits[3]!));
    for (const path of ["1.png", "._1.png", ".git/2.png", "album.png/3.png"]) {
      await mkdir(join(folder, "mixed", dirname(path)), { recursive: true });
      await writeFile(join(folder, "mixed", path), picture);
    }
    const { io, code } = await read(["mixed", "--json"]);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.records.map((record) => (record as { file: string }).file)).toEqual([
      join("mixed", "1.png"),
      join("mixed", "album.png", "3.png"),
    ]);
  });

  it("refuses a folder without pictures", async () => {
    const { io, code } = await read(["tiny"]);
    expect(code).toBe(1);
    expect(io.err).toBe("inkling: tiny: must hold PNG, JPEG or WebP pictures, got none\n");
  });
});
