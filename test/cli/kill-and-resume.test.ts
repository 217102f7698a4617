import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { killRecipes } from "./kill-recipes.js";
import { isBuilt, type KillCount, KilledRun, type Moment } from "./killed-run.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

const KILLS = 7;
const moments: readonly Moment[] = ["saving", "training", "saving", "anywhere", "saving", "saving"];
/** Steps between two checkpoints. */
const EVERY = "5";
/** Short beside what a training takes, so that it is not done before its last kill. */
const WITHIN_MS = 150;

const counts: KillCount[] = [];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-kill-"));
  await writeTinyData(join(folder, "tiny"), { train: 300, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!isBuilt)("a run killed again and again (skipped where it is not built)", () => {
  it.concurrent.each(Object.entries(killRecipes))(
    `ends as one that was not, byte for byte, its history whole, after ${KILLS} kills and more: %s`,
    { timeout: 240_000 },
    async (name, { recipe, options }) => {
      await writeFile(join(folder, `${name}.json`), JSON.stringify({ name, ...recipe }));
      const argv = [`${name}.json`, "--data", "tiny", ...options];
      const io = testIo({ cwd: folder });
      const whole = ["train", ...argv, "--name", `${name}-whole`, "--threads", "1", "--json"];
      expect(await main(whole, io)).toBe(0);

      const run = new KilledRun(folder, `${name}-killed`);
      await run.begin(argv);
      for (let i = 0; run.count.killed < KILLS && run.count.tooLate === 0; i++) {
        const moment = moments[i % moments.length]!;
        await run.resumeAndKill(moment, EVERY, WITHIN_MS);
      }
      expect(run.count.killed).toBeGreaterThanOrEqual(KILLS);
      if (run.count.tooLate === 0) await run.resumeAndKill("measuring", "1m", WITHIN_MS);
      if (run.count.tooLate === 0) expect(await run.finish("1m")).toMatchObject({ code: 0 });
      counts.push(run.count);

      const uninterrupted = new KilledRun(folder, `${name}-whole`);
      const files = [run, uninterrupted].map((it) => readFile(join(it.folder, "model.inkling")));
      const [resumed, expected] = await Promise.all(files);
      expect(resumed!.equals(expected!)).toBe(true);
      expect(await run.metrics()).toEqual(await uninterrupted.metrics());
      expect((await readdir(run.folder)).sort()).toEqual(
        (await readdir(uninterrupted.folder)).sort(),
      );
    },
  );

  it("was killed 25 times and more, inside a save too", () => {
    const sum = (key: keyof KillCount) => counts.reduce((total, count) => total + count[key], 0);
    expect(sum("killed")).toBeGreaterThanOrEqual(25);
    expect(sum("insideSave")).toBeGreaterThanOrEqual(4);
  });
});
