import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER, Random } from "../../base/index.js";
import { type ImageSet, synthetic } from "../../data/index.js";
import { wasmBackend } from "../../engine/index.js";
import { dense, flatten, initialWeights, model } from "../../nn/index.js";
import { predictedClasses } from "../metrics/predicted-classes.js";
import { predict } from "../predict.js";
import { compareModels } from "./compare-models.js";
import type { Contender } from "./comparison.js";
import { disagreementPicture } from "./disagreement-picture.js";

const images = synthetic({ count: 50, random: new Random(2) });
const network = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(10, { activation: "softmax" })],
});
const teacher = initialWeights(network, new Random(3));
const other = initialWeights(network, new Random(4));

describe("compareModels", async () => {
  const backend = await wasmBackend({ threads: 1 });
  const read = async (weights: typeof teacher, set: ImageSet) =>
    predictedClasses(await predict(network, weights, set, { backend }), 10);
  // The labels are what the teacher reads, so it is always right.
  const labels = await read(teacher, images);
  const set = { ...images, labels };
  const contender = (name: string, weights: typeof teacher): Contender => ({
    ...{ name, model: network, weights, set, bytes: 1, loss: { type: "crossEntropy" } },
  });
  const options = { backend, random: new Random(1) };
  const comparison = await compareModels(
    [contender("teacher", teacher), contender("other", other)],
    options,
  );
  const wrong = (await read(other, set)).filter((label, i) => label !== labels[i]).length;

  it("counts errors fixed and introduced in the order given", () => {
    const [pair] = comparison.pairs;
    expect(wrong).toBeGreaterThan(20);
    expect([pair.first, pair.second]).toEqual(["teacher", "other"]);
    expect([pair.fixed, pair.introduced, pair.bothWrong]).toEqual([0, wrong, 0]);
    expect(pair.accuracy.mean).toBeCloseTo(-wrong / 50, 12);
    expect(pair.p).toBeCloseTo(2 ** (1 - wrong), 12);
    expect(pair.perClass.reduce((sum, { introduced }) => sum + introduced, 0)).toBe(wrong);
    expect(pair.negativeLogLikelihood.low).toBeGreaterThan(0);
  });

  it("explains from the worse to the better, whatever the order", () => {
    const [{ from, to, sentences }] = comparison.steps;
    expect([from, to]).toEqual(["other", "teacher"]);
    expect(sentences[1]).toContain(`it puts ${wrong} right (100 %), and it misreads 0`);
  });

  it("lists each image on which they disagree, with both readings", () => {
    expect(comparison.disagreements).toHaveLength(wrong);
    for (const { index, actual, readings } of comparison.disagreements) {
      expect(actual).toBe(set.classes[labels[index]]);
      expect(readings[0].predicted).toBe(actual);
      expect(readings[1].predicted).not.toBe(actual);
    }
  });

  it("draws them in rows of 25, each with room for its marks", async () => {
    const png = await disagreementPicture(comparison, set);
    const header = new DataView(png.buffer, png.byteOffset);
    const columns = Math.min(25, wrong);
    expect(header.getUint32(16)).toBe(columns * (2 * 28 + 8) + 8);
    expect(header.getUint32(20)).toBe(Math.ceil(wrong / columns) * (2 * 28 + 14) + 8);
  });

  it("holds against no model that it knows what is no character", async () => {
    // The teacher once more, with an eleventh class that it finds likelier than any other.
    const wide = model({
      input: [28, 28, 1],
      layers: [flatten(), dense(11, { activation: "softmax" })],
    });
    const weights = new Map(
      [...teacher].map(([name, { data, shape }]) => {
        const isBias = shape.length === 1;
        const more = Float32Array.from({ length: (data.length / 10) * 11 }, (_, i) =>
          i % 11 < 10 ? data[10 * Math.floor(i / 11) + (i % 11)] : isBias ? 1e3 : 0,
        );
        return [name, { data: more, shape: [...shape.slice(0, -1), 11] }] as const;
      }),
    );
    const knowing: Contender = {
      ...contender("knowing", teacher),
      ...{ model: wide, weights, set: { ...set, classes: [...set.classes, NOT_A_CHARACTER] } },
    };
    const { models, disagreements } = await compareModels(
      [contender("teacher", teacher), knowing],
      options,
    );
    expect(models.map(({ accuracy }) => accuracy)).toEqual([1, 1]);
    expect(disagreements).toEqual([]);
  });

  it("asks for two models on the same images", async () => {
    await expect(compareModels([contender("alone", teacher)], options)).rejects.toThrow(
      "compareModels: must be at least two models on the same images, got 50 images",
    );
  });
});
