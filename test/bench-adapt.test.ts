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
  folder = await mkdtemp(join(tmpdir(), "inkling-bench-adapt-"));
});
afterAll(() => rm(folder, { recursive: true }));

function bench(...argv: string[]) {
  const files = ["--figures", join(folder, "figures.json"), "--into", join(folder, "results.md")];
  return run("node", ["scripts/adapt-tables.mjs", ...files, ...argv]);
}

describe.skipIf(!isBuilt)("npm run bench:adapt (skipped unless built)", () => {
  it("writes the figures it has as tables, and leaves the other parts of the document alone", async () => {
    const accuracies = [0.7, 0.72, 0.74];
    const half = { examples: 20, seconds: 3, n: 20 };
    const figures = {
      transfer: {
        images: 9241,
        seeds: 3,
        rows: [
          {
            amount: 5,
            way: "head",
            runs: accuracies.map((accuracy) => ({ accuracy, seconds: 2 })),
          },
        ],
      },
      writers: {
        seeds: 1,
        rows: [
          {
            name: "digits",
            known: "digits:mnist+unipen",
            oldImages: 1000,
            oldBefore: 990,
            oldAfter: [991, 989],
            writers: [
              { writer: 1, runs: [{ ...half, before: 18, after: 20 }] },
              { writer: 2, runs: [{ ...half, before: 19, after: 19 }] },
            ],
          },
        ],
      },
    };
    await writeFile(join(folder, "figures.json"), JSON.stringify(figures));
    const systems =
      "<!-- systems: written by npm run results -->\n# Results\n<!-- end of systems -->\n";
    await writeFile(join(folder, "results.md"), systems);
    await bench("--write");
    await bench("--write");
    const text = await readFile(join(folder, "results.md"), "utf8");
    expect(text.startsWith(systems)).toBe(true);
    expect(text.match(/^##+ .*/gm)).toEqual([
      "## Learning a new hand",
      "### From digits to letters",
      "### Single writers",
    ]);
    expect(text).toContain(
      "| 5 | `adapt digits --only head` | 72.00 % (70.00 % – 74.00 %) | 2.0 |",
    );
    // Gains of 10 and 0 points: mean 5, standard error 5.
    expect(text).toContain(
      "| `digits` | 2 | 20 – 20 | 92.50 % | 97.50 % | +5.00 (−4.80 – +14.80) | +0.00 – +10.00 | 1 | 0 | 3.0 |",
    );
    expect(text).toContain(
      "| `digits` | mnist+unipen | 1000 | 99.00 % | 99.00 % | 98.90 % – 99.10 % |",
    );
  });

  it("fails in one line where a part is unknown", async () => {
    await expect(bench("--only", "letters")).rejects.toMatchObject({
      code: 1,
      stderr: "adapt-tables: --only: must be one of transfer, writers, got letters\n",
    });
  });
});
