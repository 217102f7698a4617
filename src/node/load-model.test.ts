import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError, FormatError, Random } from "../base/index.js";
import { dense, flatten, initialWeights, type ModelFile, model } from "../nn/index.js";
import { loadModel } from "./load-model.js";
import { saveModel } from "./save-model.js";

const description = model({ input: [4, 4, 1], layers: [flatten(), dense(2)] });
const file: ModelFile = {
  model: description,
  weights: initialWeights(description, new Random(3)),
  classes: ["a", "b"],
  preprocessing: {
    framing: "mnist",
    width: 4,
    height: 4,
    box: 3,
    center: "mass",
    range: [0, 1],
    ink: "bright",
  },
  reading: { temperature: 1, threshold: 0.5 },
  record: { seed: 3 },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("saveModel and loadModel", () => {
  it("give back what was saved, from the file or from its run's folder", async () => {
    const path = join(folder, "run", "model.inkling");
    await saveModel(path, file);
    expect(await loadModel(path)).toEqual(file);
    expect(await loadModel(join(folder, "run"))).toEqual(file);
    expect(await readdir(join(folder, "run"))).toEqual(["model.inkling"]);
  });

  it("say what a model can be where there is none", async () => {
    const empty = join(folder, "empty");
    await mkdir(empty);
    for (const name of [empty, join(folder, "absent.inkling"), "no-such-model"]) {
      const loading = loadModel(name);
      await expect(loading).rejects.toThrow(DataError);
      await expect(loading).rejects.toThrow(
        /^model .*: must be a bundled model \(.*\), an \.inkling file or the folder of a run, got none of these; /,
      );
    }
  });

  it("name the file that is broken", async () => {
    const path = join(folder, "broken.inkling");
    await writeFile(path, "not a model");
    const loading = loadModel(path);
    await expect(loading).rejects.toThrow(FormatError);
    await expect(loading).rejects.toThrow(
      `${path}: must be an .inkling file, got another kind of file`,
    );
    await saveModel(path, file);
    await writeFile(path, (await readFile(path)).subarray(0, 100));
    await expect(loadModel(path)).rejects.toThrow(/broken\.inkling: length of the header must be /);
  });
});
