import { beforeAll, describe, expect, it } from "vitest";
import { DataError, NOT_A_CHARACTER, Random } from "../../base/index.js";
import {
  type ImageSet,
  lightAugmentation,
  splitStratified,
  subset,
  synthetic,
} from "../../data/index.js";
import { wasmBackend } from "../../engine/index.js";
import {
  compileInference,
  conv2d,
  decodeModelFile,
  dense,
  encodeModelFile,
  flatten,
  globalAveragePool,
  type ModelFile,
  maxPool2d,
  mnistFraming,
  model,
} from "../../nn/index.js";
import { threadHost } from "../../node/index.js";
import { countRight, writeAnswers } from "../answers.js";
import { fit } from "../fit.js";
import { adapt } from "./adapt.js";
import type { AdaptOptions } from "./adapt-options.js";
import { drawnRehearsal } from "./rehearsal.js";
import { withReading } from "./with-reading.js";

const backend = await wasmBackend();

/** Of digits as the model learned them. */
const usual = synthetic({ count: 400, random: new Random(77) });
/** Digits of somebody who writes them mirrored: a hand as strange as can be. */
const strange = mirrored(synthetic({ count: 400, random: new Random(3) }));
const few = splitStratified(strange, { share: 0.75, random: new Random(4) });
let file: ModelFile;
let rehearsal: ImageSet | undefined;

beforeAll(async () => {
  const network = model({
    input: [28, 28, 1],
    layers: [
      conv2d(8, 5, { activation: "relu" }),
      maxPool2d(2),
      conv2d(16, 3, { activation: "relu" }),
      maxPool2d(2),
      flatten(),
      dense(10, { activation: "softmax" }),
    ],
  });
  const set = synthetic({ count: 3000, random: new Random(1) });
  const { weights } = await fit(network, set, {
    epochs: 3,
    batchSize: 64,
    learningRate: 0.003,
    optimizer: { type: "adam" },
    augmentation: lightAugmentation,
    seed: 1,
    backend,
  });
  const { classes } = set;
  const reading = { temperature: 1, threshold: 0.5 };
  file = { model: network, weights, classes, preprocessing: mnistFraming(), reading, record: {} };
  rehearsal = drawnRehearsal(file, { count: 400, random: new Random(9) });
});

function mirrored(set: ImageSet): ImageSet {
  const images = set.images.map((_, i) => {
    const x = i % set.width;
    return set.images[i - x + (set.width - 1 - x)]!;
  });
  return { ...set, images };
}

/** Drawings of some capitals. */
function capitals(names: readonly string[], count: number): ImageSet {
  const set = synthetic({ count, alphabet: "letters", random: new Random(5) });
  const indices = [...set.labels.keys()].filter((i) =>
    names.includes(set.classes[set.labels[i]!]!),
  );
  const chosen = subset(set, indices);
  const labels = chosen.labels.map((label) => names.indexOf(set.classes[label]!));
  return { ...chosen, labels, classes: names };
}

/** @param set - whose classes are the first of the model's */
async function accuracy({ model, weights, classes }: ModelFile, set: ImageSet): Promise<number> {
  const program = await compileInference(model, weights, { batchSize: 64, backend });
  const logits = new Float32Array(set.count * classes.length);
  writeAnswers(program, set, logits);
  program.close();
  return countRight(logits, set.labels) / set.count;
}

function options(more: Partial<AdaptOptions> = {}): AdaptOptions {
  return { seed: 1, backend, rehearsal, ...more };
}

describe("adapt", () => {
  it.each([
    ["head", 0.15],
    ["all", 0.15],
  ] as const)(
    "teaches %s of a model a strange hand from 100 examples: better by %d, and at most 0.02 worse at what it knew",
    async (only, gain) => {
      const adapted = await adapt(file, few.train, options({ only }));
      const before = await accuracy(file, few.held);
      const after = await accuracy(adapted.file, few.held);
      expect(after - before).toBeGreaterThan(gain);
      expect(await accuracy(adapted.file, usual)).toBeGreaterThan(
        (await accuracy(file, usual)) - 0.02,
      );
      const { heldOut } = adapted;
      expect(heldOut.how).toBe("folds");
      expect(heldOut.labels).toHaveLength(100);
      // What is foretold of examples not learned from comes true on others.
      expect(Math.abs(heldOut.accuracy.after - after)).toBeLessThan(0.15);
      expect(Math.abs(heldOut.accuracy.before - before)).toBeLessThan(0.1);
    },
  );

  it("forgets more without images to rehearse on", async () => {
    const forgetful = await adapt(file, few.train, options({ rehearsal: undefined, epochs: 30 }));
    const rehearsed = await adapt(file, few.train, options({ epochs: 30 }));
    expect(await accuracy(forgetful.file, usual)).toBeLessThan(
      (await accuracy(rehearsed.file, usual)) - 0.02,
    );
  });

  it("adds classes, and makes a file that can be written, read and adapted again", async () => {
    const more = capitals(["A", "E"], 1500);
    const { file: adapted, heldOut } = await adapt(file, more, options());
    expect(adapted.classes).toEqual([...file.classes, "A", "E"]);
    expect(heldOut.accuracy.before).toBe(0);
    expect(heldOut.accuracy.after).toBeGreaterThan(0.9);
    expect(await accuracy(adapted, usual)).toBeGreaterThan((await accuracy(file, usual)) - 0.03);
    const read = decodeModelFile(encodeModelFile(adapted), "adapted");
    expect(read.record).toMatchObject({
      adaptations: [{ only: "head", seed: 1, classes: ["A", "E"], examples: more.count }],
    });
    const reading = { temperature: 2, threshold: 0.6 };
    const surer = withReading(adapted, { reading, how: "fitted" });
    expect(surer.reading).toEqual(reading);
    expect(surer.record).toMatchObject({ adaptations: [{ only: "head", reading: "fitted" }] });
    const again = await adapt(read, few.train, options({ epochs: 1 }));
    expect(again.file.record).toMatchObject({ adaptations: [{ classes: ["A", "E"] }, {}] });
  });

  it("keeps the class of what is no character the last, and its weights", async () => {
    const classes = [...file.classes.slice(0, 9), NOT_A_CHARACTER];
    const more = { ...few.train, classes: ["9", "8", "7", "6", "5", "4", "3", "2", "1", "x"] };
    const { file: adapted } = await adapt({ ...file, classes }, more, {
      ...options({ rehearsal: undefined, epochs: 1 }),
    });
    expect(adapted.classes).toEqual([...file.classes.slice(0, 10), "x", NOT_A_CHARACTER]);
  });

  it("replaces the classes where that is asked for", async () => {
    const more = capitals(["A", "E"], 500);
    const { file: adapted } = await adapt(file, more, options({ classes: "replace" }));
    expect(adapted.classes).toEqual(["A", "E"]);
  });

  it("gives the same bits with any number of threads", async () => {
    const [one, three] = await Promise.all(
      [1, 3].map(async (threads) => {
        const own = await wasmBackend({ threads, host: threadHost });
        const { file: adapted } = await adapt(
          file,
          few.train,
          options({ backend: own, epochs: 2 }),
        );
        return encodeModelFile(adapted);
      }),
    );
    expect(three).toEqual(one);
  });

  it("holds out a fifth where there are 1,000 examples", async () => {
    const many = mirrored(synthetic({ count: 1000, random: new Random(8) }));
    const { heldOut } = await adapt(file, many, options({ epochs: 1 }));
    expect(heldOut.how).toBe("split");
    expect(heldOut.labels).toHaveLength(200);
  });

  it("tells how far it is", async () => {
    const shares: Record<string, number[]> = {};
    const onProgress = (what: string, share: number) => (shares[what] ??= []).push(share);
    await adapt(file, few.train, options({ epochs: 1, onProgress }));
    expect(Object.keys(shares)).toEqual(["looking at the examples", "learning"]);
    for (const list of Object.values(shares)) {
      expect(list.at(-1)).toBe(1);
      expect(list).toEqual([...list].sort((a, b) => a - b));
    }
  });

  it("refuses examples that nothing can be learned from", async () => {
    const { train } = few;
    const noughts = [...train.labels.keys()].filter((i) => train.labels[i] === 0);
    const only = (indices: number[], classes: string[]) => ({ ...subset(train, indices), classes });
    const ones = [...train.labels.keys()].filter((i) => train.labels[i] === 1);
    const messageOf = (set: ImageSet) =>
      adapt(file, set, options()).catch((error) => error.message);
    expect(await messageOf({ ...only(ones, ["1"]), labels: new Int32Array(ones.length) })).toBe(
      'adapt: examples must be of two classes at least, got only "1"; add some of what the model knows',
    );
    expect(await messageOf(only([noughts[0]!, ...ones], ["0", "1"]))).toBe(
      'adapt: examples must be 2 of a class at least, got 1 of "0"',
    );
    expect(await messageOf(only([...noughts, ...ones], ["0", NOT_A_CHARACTER]))).toMatch(
      /^adapt: "not a character" is what a model calls what it cannot read, got it as a class/,
    );
  });

  it("refuses a model that does not end in a dense layer", async () => {
    const convolved = model({ input: [28, 28, 1], layers: [conv2d(10, 5), globalAveragePool()] });
    await expect(adapt({ ...file, model: convolved }, few.train, options())).rejects.toThrow(
      new DataError(
        "adapt: the model must end in a dense layer with a softmax, got none; train one that does with `inkling train`",
      ),
    );
  });
});
