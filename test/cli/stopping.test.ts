import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { loadModel } from "../../src/node/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-stopping-"));
  await writeTinyData(join(folder, "tiny"), { train: 100, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

async function train(...argv: string[]) {
  const io = testIo({ cwd: folder });
  const common = ["train", "softmax", "--data", "tiny", "--device", "reference"];
  return { io, code: await main([...common, ...argv], io) };
}

describe("inkling train --patience", () => {
  it("stops once the validation loss does not fall any more, says so, and keeps the best weights", async () => {
    const argv = ["--epochs", "300", "--lr", "0.5", "--validation", "0.3", "--patience", "4"];
    const { io, code } = await train(...argv, "--name", "patient");
    expect(code).toBe(0);
    const result = JSON.parse(
      await readFile(join(folder, "runs", "patient", "result.json"), "utf8"),
    );
    expect(result).toMatchObject({ stoppedEarly: true, epochs: result.bestEpoch + 4 });
    const { record } = await loadModel(join(folder, "runs", "patient"));
    expect(record).toMatchObject({ bestEpoch: result.bestEpoch, interrupted: false });
    expect(io.err).toContain(
      `stopped early: no lower validation loss for 4 epochs; kept the weights of epoch ${result.bestEpoch}\n`,
    );
  });

  it.each([["--patience", "2"], ["--keep-best"]])(
    "needs images to validate on: %s",
    async (...argv) => {
      const { io, code } = await train(...argv, "--name", "blind");
      expect(code).toBe(2);
      expect(io.err).toBe(
        `inkling: ${argv[0]}: must go with images to validate on, got none\n  hold some out, as with --validation 0.1\n`,
      );
    },
  );
});

/** Three layers that a high rate makes run away. */
async function writeWild(): Promise<void> {
  const dense = (units: number) => ({ type: "dense", units });
  const model = { input: [28, 28, 1], layers: [{ type: "flatten" }, dense(16), dense(10)] };
  const training = {
    epochs: 9,
    batchSize: 20,
    learningRate: 50,
    loss: { type: "meanSquaredError" },
    optimizer: { type: "sgd" },
  };
  await writeFile(join(folder, "wild.json"), JSON.stringify({ model, training }));
}

describe("a training that runs away", () => {
  it("ends with 1 and names step and layer, on one line with a hint", async () => {
    await writeWild();
    const io = testIo({ cwd: folder });
    expect(await main(["train", "wild.json", "--data", "tiny", "--json"], io)).toBe(1);
    expect(io.err).toMatch(
      /^inkling: fit: the loss must stay a number, got (NaN|Infinity) at step \d+ with learning rate \S+, first in the \w+ of (layers\[\d\] dense|loss)\n {2}try a lower rate, a warm-up or clipped gradients\n$/,
    );
  });

  it("is held by --clip-norm, which the run remembers", async () => {
    await writeWild();
    const io = testIo({ cwd: folder });
    const argv = ["train", "wild.json", "--data", "tiny", "--clip-norm", "0.001"];
    expect(await main([...argv, "--name", "clipped"], io)).toBe(0);
    const config = await readFile(join(folder, "runs", "clipped", "config.json"), "utf8");
    expect(JSON.parse(config).recipe.training).toMatchObject({ clipNorm: 0.001 });
  });
});
