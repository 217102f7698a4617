import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/index.js";
import { testIo } from "./test-io.js";
import { writeTinyData } from "./tiny-data.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-before-"));
  await writeTinyData(join(folder, "tiny"), { train: 200, test: 20 });
});
afterAll(() => rm(folder, { recursive: true }));

async function train(...argv: string[]) {
  const io = testIo({ cwd: folder });
  return { io, code: await main(["train", ...argv, "--data", "tiny"], io) };
}

describe("inkling train --dry-run", () => {
  it("tells layers, parameters, memory and time in words, and writes nothing", async () => {
    const before = await readdir(folder);
    const { io, code } = await train("mlp", "--dry-run", "--validation", "0.1", "--seeds", "3");
    expect(code).toBe(0);
    expect(io.out).toMatch(/^layer +type +output +parameters\nlayers\[0\] +flatten +784\n/);
    expect(io.out).toMatch(/\nlayers\[1\] +dense +128 +100,480\n/);
    for (const line of [
      /\ndata +tiny: 180 to learn from, 20 to validate on, 20 to test on\n/,
      /\nparameters +101,770\n/,
      /\noperations +[\d.]+ MFLOP a step\n/,
      /\nmemory +[\d.]+ MB for the network in training, [\d.]+ kB for the data\n/,
      /\ntime +about \d:\d\d: [\d.]+ ms a step \([\d.]+ GFLOP\/s\), [\d.]+ s an epoch; \d:\d\d for 3 trainings\n/,
    ]) {
      expect(io.out).toMatch(line);
    }
    expect(io.out.endsWith("nothing was written\n")).toBe(true);
    expect(await readdir(folder)).toEqual(before);
  });

  it("tells the same as one JSON record, and counts what can be counted exactly", async () => {
    const { io } = await train(
      "softmax",
      "--dry-run",
      "--json",
      "--epochs",
      "3",
      "--batch-size",
      "50",
    );
    expect(io.records).toHaveLength(1);
    expect(io.records[0]).toMatchObject({
      event: "plan",
      data: { name: "tiny", train: 200, validation: 0, test: 20 },
      trainings: 1,
      model: { parameters: 7850 },
      batchSize: 50,
      steps: 12,
      // Forward, and the gradient of the weights: 784 × 10 products and sums for each of 50 images.
      flopsPerStep: 2 * 2 * 50 * 7840,
      secondsPerStep: expect.any(Number),
      memoryBytes: expect.any(Number),
    });
  });

  it("finds what would keep the training from beginning", async () => {
    const { io, code } = await train("mlp", "--dry-run", "--patience", "3");
    expect(code).toBe(2);
    expect(io.err).toMatch(/^inkling: --patience: must go with images to validate on/);
  });
});

describe("inkling train --overfit-batch", () => {
  it("learns one batch by heart with a network that can, and writes nothing", async () => {
    const { io, code } = await train("mlp", "--overfit-batch");
    expect(code).toBe(0);
    expect(io.out).toMatch(
      /^learned 64 samples by heart in \d+ steps: loss 2\.\d+ → 0\.0\d+, 100\.00 % right\nnothing was written\n$/,
    );
    expect(await readdir(folder)).not.toContain("runs");
  });

  it("ends with 3 where the network cannot", async () => {
    // Nothing passes two units that are dead from the start.
    const dead = { type: "dense", units: 2, activation: "relu", initializer: { type: "zeros" } };
    const layers = [{ type: "flatten" }, dead, { type: "dense", units: 10 }];
    await writeFile(join(folder, "dead.json"), JSON.stringify({ input: [28, 28, 1], layers }));
    const { io, code } = await train("dead.json", "--overfit-batch", "--json");
    expect(code).toBe(3);
    expect(io.records).toMatchObject([
      { event: "overfitBatch", learned: false, images: 64, steps: 1000 },
    ]);
    expect(io.err).toMatch(
      /^inkling: --overfit-batch: the loss of one batch of 64 must fall from [\d.]+ to [\d.]+, got [\d.]+, [\d.]+ % right, after 1000 steps\n {2}look at the rate, the activations and the labels\n$/,
    );
  });

  it("ends with 3 where it runs away", async () => {
    const dense = (units: number) => ({ type: "dense", units });
    const model = { input: [28, 28, 1], layers: [{ type: "flatten" }, dense(16), dense(10)] };
    const training = { loss: { type: "meanSquaredError" }, optimizer: { type: "sgd" } };
    await writeFile(join(folder, "wild.json"), JSON.stringify({ model, training }));
    const { io, code } = await train("wild.json", "--lr", "50", "--overfit-batch");
    expect(code).toBe(3);
    expect(io.err).toMatch(/^inkling: --overfit-batch: fit: the loss must stay a number, got /);
  });
});
