import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const tests = `
it("holds", () => {});
it.skip("runs only elsewhere (skipped here)", () => {});
describe("a group", () => {
  it("finds out itself", (context) => context.skip("no data"));
});
`;

it("names every skipped test with its reason, then counts, on the last line", () => {
  const folder = mkdtempSync(join(tmpdir(), "inkling-reporter-"));
  try {
    writeFileSync(join(folder, "some.test.js"), tests);
    const reporter = resolve("test/summary-reporter.ts");
    const argv = ["run", "--globals", "--root", folder, "--reporter", reporter];
    const { stdout } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...argv], {
      encoding: "utf8",
    });
    expect(stdout.trim().split("\n")).toEqual([
      "skipped: some.test.js > runs only elsewhere (skipped here)",
      "skipped: some.test.js > a group > finds out itself (no data)",
      "1 passed, 0 failed, 2 skipped",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
