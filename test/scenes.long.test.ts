import { describe, expect, it } from "vitest";
import { wasmBackend } from "../src/engine/index.js";
import { loadModel, loadStrokes } from "../src/node/index.js";
import { createReader } from "../src/read/index.js";
import { digitScenes, readScenes } from "./scenes.js";

const COUNT = 2016;
const glyphs = await loadStrokes("test").catch(() => undefined);

describe("the bundled model digits", () => {
  it.skipIf(glyphs === undefined)(
    "reads 98 of 100 of 2,016 scenes, half of them written by the writers of unipen's test part (needs unipen)",
    async () => {
      const digits = glyphs!.filter(({ label }) => /^\d$/.test(label));
      const backend = await wasmBackend({ threads: 1 });
      const reader = await createReader(await loadModel("digits"), backend);
      const wrong = await readScenes(digitScenes(COUNT, digits), reader);
      reader.close();
      expect(1 - wrong.length / COUNT, JSON.stringify(wrong)).toBeGreaterThanOrEqual(0.98);
    },
  );
});
