import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { killRecipes } from "./kill-recipes.js";
import { isBuilt, KilledRun, type Moment } from "./killed-run.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

const KILLS = 60;
const moments: readonly Moment[] = ["saving", "training", "anywhere"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-kills-"));
  await writeTinyData(join(folder, "tiny"), { train: 300, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!isBuilt)("a long run killed all the time (skipped where it is not built)", () => {
  it.each(Object.entries(killRecipes))(
    `ends as one that was not after ${KILLS} kills: %s`,
    async (name, { recipe, options }) => {
      await writeFile(join(folder, `${name}.json`), JSON.stringify({ name, ...recipe }));
      const argv = [`${name}.json`, "--data", "tiny", "--epochs", "2000", ...options];
      const io = testIo({ cwd: folder });
      expect(await main(["train", ...argv, "--name", `${name}-whole`, "--json"], io)).toBe(0);

      const run = new KilledRun(folder, `${name}-killed`);
      await run.begin(argv);
      for (let i = 0; run.count.killed < KILLS; i++) {
        expect(run.count.tooLate).toBe(0);
        await run.resumeAndKill(moments[i % moments.length]!, "15", 300);
      }
      expect(await run.finish("1m")).toMatchObject({ code: 0 });

      const whole = new KilledRun(folder, `${name}-whole`);
      const [resumed, expected] = await Promise.all(
        [run, whole].map((it) => readFile(join(it.folder, "model.inkling"))),
      );
      expect(resumed!.equals(expected!)).toBe(true);
      expect(await run.metrics()).toEqual(await whole.metrics());
    },
  );
});
