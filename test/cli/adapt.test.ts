import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOT_A_CHARACTER, Random } from "../../src/base/index.js";
import { main } from "../../src/cli/index.js";
import { encodePng, type ImageSet, imageAt, synthetic } from "../../src/data/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;

/** Small, and of the kind that can be adapted: much goes into its last layer. */
const network = {
  input: [28, 28, 1],
  layers: [
    { type: "conv2d", filters: 12, kernel: 5, activation: "relu" },
    { type: "maxPool2d", size: 2 },
    { type: "flatten" },
    { type: "dense", units: 10, activation: "softmax" },
  ],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-adapt-"));
  await writeTinyData(join(folder, "tiny"), { train: 1500, test: 60 });
  await writeFile(join(folder, "net.json"), JSON.stringify(network));
  const argv = ["train", "net.json", "--data", "tiny", "--epochs", "4", "--threads", "1"];
  const code = await main([...argv, "--name", "net", "--json"], testIo({ cwd: folder }));
  expect(code).toBe(0);
  await writeHand("slanted", 150, (label) => label, { slant: 0.6 });
  await writeHand("mislabelled", 150, (label) => `${(Number(label) + 1) % 10}`);
});
afterAll(() => rm(folder, { recursive: true }));

/**
 * Digits of one hand as pictures, four times as large and dark on white, in folders by label.
 *
 * @param options.slant - pixels sideways per pixel of height
 */
async function writeHand(
  name: string,
  count: number,
  labelOf: (label: string, index: number) => string | undefined,
  { slant = 0 } = {},
): Promise<void> {
  const set = synthetic({ count, random: new Random(5) });
  for (let i = 0; i < count; i++) {
    const label = labelOf(set.classes[set.labels[i]!]!, i);
    if (label === undefined) continue;
    await mkdir(join(folder, name, label), { recursive: true });
    const picture = enlarged(set, i, slant);
    await writeFile(
      join(folder, name, label, `${i}.png`),
      await encodePng(picture.pixels, picture),
    );
  }
}

function enlarged(set: ImageSet, index: number, slant: number) {
  const image = imageAt(set, index);
  const side = 4 * set.width;
  const pixels = new Uint8Array(side * side).fill(255);
  for (let i = 0; i < pixels.length; i++) {
    const y = Math.floor(i / side / 4);
    const x = Math.floor((i % side) / 4 + slant * (y - set.height / 2));
    if (x >= 0 && x < set.width) pixels[i] = 255 - image[y * set.width + x]!;
  }
  return { pixels, width: side, height: side };
}

async function run(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main([...argv, "--threads", "1"], io) };
}

describe("inkling adapt", () => {
  it("tells what a model reads before and after it was taught a hand, and where it is kept", async () => {
    const argv = ["adapt", "runs/net", "--data", "slanted", "--epochs", "2", "--keep-worse"];
    const { io, code } = await run(...argv);
    expect({ code, err: io.err }).toEqual({ code: 0, err: "" });
    expect(io.out).toMatch(/^runs\/net, taught 150 examples of slanted in \d+\.\d s\n/);
    expect(io.out).toMatch(/\nexamples, held out +150 +\d/);
    expect(io.out).toMatch(/\ndrawn, test +4,000 +\d/);
    expect(io.out).toContain("\nwarning: what runs/net was trained on is not at hand");
    expect(io.out).toContain("\nkept in net-adapted.inkling\n");
    expect(Math.max(...io.out.split("\n").map((line) => line.length))).toBeLessThan(110);
  });

  it("makes a model that reads the hand better by 10 points, drawings as well to 3, and that every command takes", async () => {
    const argv = ["--data", "slanted", "--keep-worse", "--json"];
    const adapted = await run("adapt", "runs/net", ...argv, "--epochs", "8", "--out", "a.inkling");
    expect(adapted.code).toBe(0);
    const [record] = adapted.io.records as [
      { sets: { before: { accuracy: number }; after: { accuracy: number } }[] },
    ];
    expect(record).toMatchObject({
      added: [],
      heldOut: "folds",
      sets: [
        { name: "examples, held out", n: 150 },
        { name: "drawn, test", n: 4000 },
      ],
      kept: true,
      out: "a.inkling",
    });
    const [fresh, old] = record.sets.map(({ before, after }) => after.accuracy - before.accuracy);
    expect(fresh).toBeGreaterThan(0.1);
    expect(old).toBeGreaterThan(-0.03);
    const evaluated = await run("evaluate", "a.inkling", "--data", "slanted", "--json");
    const [{ accuracy }] = evaluated.io.records as [{ accuracy: number }];
    // It learned from these; held out it reads a little less.
    expect(accuracy).toBeGreaterThanOrEqual(record.sets[0]!.after.accuracy - 0.02);
    expect((await run("compare", "runs/net", "a.inkling", "--data", "tiny", "--json")).code).toBe(
      0,
    );
    expect((await run("adapt", "a.inkling", ...argv, "--epochs", "1")).code).toBe(0);
    const io = testIo({ cwd: folder });
    expect(await main(["read", "slanted/4", "--model", "a.inkling", "--json"], io)).toBe(0);
  });

  it("keeps no model that reads less of what it knew than before, unless told to", async () => {
    const argv = ["adapt", "runs/net", "--data", "mislabelled", "--epochs", "6"];
    const { io, code } = await run(...argv, "--out", "w.inkling");
    expect(code).toBe(3);
    expect(io.err).toMatch(
      /^inkling: adapt: the model must not get worse, got \d\S* % after \d\S* % \(p \S+ ?\S*\) on drawn, test, so it was not kept\n {2}--keep-worse keeps it\n$/,
    );
    await expect(stat(join(folder, "w.inkling"))).rejects.toThrow("ENOENT");
  });

  it("adds labels that the model does not know, and measures on pictures of --test", async () => {
    await writeHand("more", 120, (label) => ({ "3": "three", "4": "4" })[label]);
    const argv = ["--data", "more", "--test", "more", "--epochs", "3", "--keep-worse", "--json"];
    const { io, code } = await run("adapt", "runs/net", ...argv);
    expect(code).toBe(0);
    expect(io.records[0]).toMatchObject({
      added: ["three"],
      sets: [{}, {}, { name: "more", n: 24 }],
    });
  });

  it.each([
    [
      "one",
      (label: string) => (label === "1" ? "1" : undefined),
      'adapt: examples must be of two classes at least, got only "1"',
    ],
    [
      "rare",
      (label: string, i: number) => (label === "1" ? "1" : i === 0 ? "x" : undefined),
      'adapt: examples must be 2 of a class at least, got 1 of "x"',
    ],
    [
      "none",
      (label: string) => (label === "1" ? "1" : label === "2" ? NOT_A_CHARACTER : undefined),
      'adapt: "not a character" is what a model calls what it cannot read, got it as a class of the examples',
    ],
  ])("refuses examples such as %s", async (name, labelOf, message) => {
    await writeHand(name, 40, labelOf);
    const { io, code } = await run("adapt", "runs/net", "--data", name);
    expect({ code, line: io.err.split("\n")[0] }).toEqual({ code: 1, line: `inkling: ${message}` });
  });

  it("refuses a folder without pictures, and to learn from nothing", async () => {
    await mkdir(join(folder, "empty", "1"), { recursive: true });
    const empty = await run("adapt", "runs/net", "--data", "empty");
    expect(empty.code).toBe(1);
    expect(empty.io.err).toMatch(/got no picture in any sub-folder\n$/);
    const nothing = await run("adapt", "runs/net");
    expect(nothing.code).toBe(2);
    expect(nothing.io.err).toContain("required option '--data <set>' not specified");
  });
});
