import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DataError } from "../base/index.js";
import { loadStrokes } from "./load-strokes.js";

const hasUnipen = await loadStrokes("test").then(
  () => true,
  () => false,
);

describe("loadStrokes", () => {
  it.skipIf(!hasUnipen)("loads every character of the test part (needs unipen)", async () => {
    const glyphs = await loadStrokes("test");
    expect(glyphs).toHaveLength(11_243);
    expect(glyphs.filter(({ label }) => /^\d$/.test(label))).toHaveLength(2002);
  });

  it("says where the set must lie", async () => {
    const folder = await mkdtemp(join(tmpdir(), "inkling-strokes-"));
    await expect(loadStrokes("test", { dataDir: folder, env: { HOME: folder } })).rejects.toThrow(
      new DataError(
        "unipen: must lie in a folder unipen of --data-dir or $INKLING_DATA, got no such folder",
      ),
    );
    await rm(folder, { recursive: true });
  });
});
