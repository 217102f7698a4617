import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { wasmBackend } from "../src/engine/index.js";
import { evaluate, forcedChoice, predict } from "../src/evaluate/index.js";
import { loadDataSet, loadModel, threadHost } from "../src/node/index.js";
import { fit as train } from "../src/train/index.js";
import { recipe } from "../src/zoo/index.js";

const models = fileURLToPath(new URL("../models", import.meta.url));
const threads = Math.min(2, availableParallelism());
const isHere = existsSync(join(process.env.INKLING_DATA ?? "", "mnist"));

/** Gates on real handwriting; they need the published files and are skipped without them. */
describe.skipIf(!isHere)("on MNIST (skipped unless $INKLING_DATA has it)", () => {
  it.each([
    ["mlp", 0.975],
    ["fast99", 0.99],
  ])("the recipe %s reads at least a share of %d of the test set", async (name, share) => {
    const { train: images, test } = await loadDataSet("mnist", { offline: true });
    const backend = await wasmBackend({ threads, host: threadHost });
    const { model, training } = recipe(name);
    const { weights } = await train(model, images, { ...training, seed: 1, backend });
    const logits = await predict(model, weights, test!, { backend });
    expect(evaluate(logits, test!).accuracy).toBeGreaterThanOrEqual(share);
  });

  it("the bundled digits model is as good as its record says, at least 99.5 percent", async () => {
    const { test } = await loadDataSet("mnist", { offline: true });
    const backend = await wasmBackend({ threads, host: threadHost });
    const { model, weights, classes } = await loadModel("digits");
    const logits = await predict(model, weights, test!, { backend });
    const { labels } = test!;
    const choice = forcedChoice(logits, { labels, classes });
    const { accuracy } = evaluate(choice.logits, { ...choice, labels });
    const record = JSON.parse(readFileSync(join(models, "digits.json"), "utf8"));
    expect(accuracy).toBeGreaterThanOrEqual(0.995);
    // One image of 10,000 may fall on the other side where sums are rounded differently.
    expect(Math.abs(accuracy - record.test.accuracy)).toBeLessThanOrEqual(1.5e-4);
  });
});

describe("the bundled digits model", () => {
  it("is small enough to travel with the package", () => {
    expect(readFileSync(join(models, "digits.inkling")).length).toBeLessThanOrEqual(1_000_000);
  });

  it("carries the record that lies beside it", async () => {
    const record = JSON.parse(readFileSync(join(models, "digits.json"), "utf8"));
    const { record: within, reading } = await loadModel("digits");
    expect(within).toEqual(record);
    expect(reading.temperature).toBe(record.heldOut.temperature);
    expect(reading.threshold).toBe(record.heldOut.threshold);
  });
});
