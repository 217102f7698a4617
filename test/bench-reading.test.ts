import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const isBuilt = existsSync("dist/cli/index.js");
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-bench-reading-"));
});
afterAll(() => rm(folder, { recursive: true }));

function bench(...argv: string[]) {
  const files = ["--figures", join(folder, "figures.json"), "--into", join(folder, "results.md")];
  return run("node", ["scripts/bench-reading.mjs", ...files, ...argv]);
}

describe.skipIf(!isBuilt)("npm run bench:reading (skipped unless built)", () => {
  it("writes the figures it has as tables, and leaves the other parts of the document alone", async () => {
    const figures = {
      accuracy: [
        {
          model: "digits",
          data: "digits:mnist",
          n: 10_000,
          accuracy: 0.9971,
          interval: [0.9958, 0.998],
          ece: 0.001,
          coverage: 0.99,
          errorAnswered: 0.0005,
        },
      ],
    };
    await writeFile(join(folder, "figures.json"), JSON.stringify(figures));
    const systems =
      "<!-- systems: written by npm run results -->\n# Results\n<!-- end of systems -->\n";
    await writeFile(join(folder, "results.md"), systems);
    await bench("--write");
    await bench("--write");
    const text = await readFile(join(folder, "results.md"), "utf8");
    expect(text).toContain(
      "| `digits` | mnist | 10000 | 99.71 % (99.58 – 99.80) | – | 0.10 % | 99.00 % | 0.05 % |",
    );
    expect(text.startsWith(systems)).toBe(true);
    expect(text.match(/^##+ .*/gm)).toEqual(["## What the bundled models read", "### Test sets"]);
  });

  it("fails in one line where a part is unknown", async () => {
    await expect(bench("--only", "letters")).rejects.toMatchObject({
      code: 1,
      stderr:
        "bench-reading: --only: must be one of accuracy, refusals, wear, views, scenes, sources, got letters\n",
    });
  });
});
