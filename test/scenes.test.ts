import { describe, expect, it } from "vitest";
import { wasmBackend } from "../src/engine/index.js";
import { loadModel } from "../src/node/index.js";
import { createReader } from "../src/read/index.js";
import { digitScenes, readScenes } from "./scenes.js";

describe("the bundled model digits", () => {
  it("reads nine of ten scenes of every kind, written by a generator", async () => {
    const reader = await createReader(await loadModel("digits"), await wasmBackend({ threads: 1 }));
    const wrong = await readScenes(digitScenes(54), reader);
    reader.close();
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(5);
  });
});
