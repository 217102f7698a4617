import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyData } from "./cli/tiny-data.js";

const script = resolve("scripts/results.mjs");
const isBuilt = existsSync("dist/cli/index.js");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-results-"));
  const data = join(folder, "tiny");
  await writeTinyData(data, { train: 200, test: 50 });
  await mkdir(join(folder, "docs"));
  await mkdir(join(folder, "src", "zoo"), { recursive: true });
  const options = ["--data", data, "--epochs", "2"];
  const activations = ["sigmoid", "relu"].map((activation) => `${activation}-15`);
  const campaign = [
    {
      id: "A",
      title: "One net",
      about: "What it is.",
      rows: [
        { name: "net", recipe: "mlp-512", options, seeds: 2, seconds: 1, together: "softmax" },
      ],
    },
    {
      id: "B",
      title: "Folds",
      about: "What they are.",
      rows: [
        { name: "folds", recipe: "softmax", options, seeds: 1, folds: 2, seconds: 1, aim: 1 },
        { name: "hours", recipe: "wide", options, seeds: 1, seconds: 9000, long: true },
      ],
    },
    {
      id: "D",
      title: "Activations",
      about: "Which is best.",
      compares: "activations",
      rows: [
        ...activations.map((recipe) => ({ name: recipe, recipe, options, seeds: 2, seconds: 1 })),
        {
          name: "slow",
          recipe: "relu-15",
          options: [...options, "--device", "reference"],
          seeds: 1,
          seconds: 1,
          sameAs: "relu-15",
        },
      ],
    },
  ];
  await writeFile(join(folder, "campaign.json"), JSON.stringify(campaign));
});
afterAll(() => rm(folder, { recursive: true }));

const argv = (...more: readonly string[]) => {
  const places = ["--campaign", "campaign.json", "--folder", "kept", "--into", "."];
  return [script, ...places, "--threads", "1", ...more];
};

async function results(...more: readonly string[]) {
  return promisify(execFile)(process.execPath, argv(...more), { cwd: folder });
}

describe.skipIf(!isBuilt)("npm run results (skipped where it is not built)", () => {
  it("says what it would train and how long that takes, and trains nothing", async () => {
    const { stdout } = await results("--list");
    expect(stdout).toContain("inkling train mlp-512");
    expect(stdout).toMatch(/\n9 of 9 to train, about 1 min on two cores\n$/);
    expect(stdout).not.toContain("wide");
    expect((await results("--list", "--long")).stdout).toContain("150 min");
    expect(existsSync(join(folder, "kept"))).toBe(false);
  });

  it("goes on where it was killed, keeps what is finished, and writes what came of it", async () => {
    const child = spawn(process.execPath, argv(), { cwd: folder });
    const first = join(folder, "kept", "net-seed-1", "result.json");
    while (!existsSync(first)) await new Promise((wait) => setTimeout(wait, 20));
    child.kill("SIGKILL");
    await once(child, "close");
    const before = await stat(first);
    const { stdout } = await results();
    expect(stdout).toMatch(/^[1-9] of 9 trainings are done\n/);
    expect(stdout).toMatch(/\ndocs\/results\.md: 5 rows, 1 not trained yet\n$/);
    expect((await stat(first)).mtimeMs).toBe(before.mtimeMs);
    expect((await results()).stdout).toMatch(/^9 of 9 trainings are done\n/);
  });

  it("writes the figures of the runs, reported against reached", async () => {
    const text = await readFile(join(folder, "docs", "results.md"), "utf8");
    const runs = ["net-seed-1", "net-seed-2"].map(async (run) => {
      const result = await readFile(join(folder, "kept", run, "result.json"), "utf8");
      return JSON.parse(result).test.accuracy as number;
    });
    const [a, b] = (await Promise.all(runs)) as [number, number];
    const mean = `${(50 * (a + b)).toFixed(2)} %`;
    expect(text).toMatch(
      new RegExp(`\\| net \\| 2 \\| 2 \\| .* \\| ${mean} \\(.*97\\.63 %.*NO \\|`),
    );
    expect(text).toMatch(/net, test images, averaged over the classes: precision 0\.\d{4}/);
    expect(text).toMatch(/The 2 nets of net together/);
    expect(text).toMatch(/\| folds \| 1 × 2 folds \| .* aim 100\.00 % \| NO \|/);
    expect(text).toMatch(/folds, cross-validated: \d+\.\d\d % of 200 images, 95 % interval/);
    expect(text).toMatch(
      /- (relu and sigmoid|sigmoid and relu): .*exact permutation test over 2 seeds/,
    );
    expect(text).toMatch(/\| relu \| 2\.\d{6} \| 2\.\d{6} \| .* \| yes \|/);
    expect(text).toContain("Not trained yet: `hours` (with `--long`).");
    expect(text).toMatch(/\ninkling train softmax .* --folds 2\n/);
    const picture = await readFile(
      join(folder, "docs", "images", "results-activations.svg"),
      "utf8",
    );
    expect(picture.match(/<polyline /g)).toHaveLength(2);
    const reached = await readFile(join(folder, "src", "zoo", "reached.ts"), "utf8");
    expect(reached).toMatch(/ {2}softmax: \{\n {4}on: "test",\n {4}seeds: 2,\n/);
    expect(reached).toMatch(/^import type \{ Reached \}.*export const reached: .* = \{.*\};\n$/s);
  });

  it("refuses a section there is not, and an option there is not", async () => {
    await expect(results("--only", "Z")).rejects.toMatchObject({
      code: 1,
      stderr: "results: --only: must be one of A, B, D, got Z\n",
    });
    await expect(results("--lon")).rejects.toMatchObject({ code: 2 });
  });
});
