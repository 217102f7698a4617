import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import type { ImageSet } from "../data/index.js";
import { wasmBackend } from "../engine/index.js";
import { compileTraining, dense, flatten, initialWeights, model } from "../nn/index.js";
import { BatchWriter, bankCountOf } from "./batch-writer.js";

/** Pictures of 3 by 5 pixels in colour. */
const set: ImageSet = {
  count: 7,
  height: 3,
  width: 5,
  channels: 3,
  images: Uint8Array.from({ length: 7 * 45 }, (_, i) => (i * 37) % 256),
  labels: Int32Array.from([0, 1, 0, 1, 0, 1, 1]),
  classes: ["no", "yes"],
};

const network = model({ input: [3, 5, 3], layers: [flatten(), dense(2)] });

function compile(bankCount: number | undefined, batchSize: number) {
  return wasmBackend().then((backend) =>
    compileTraining(network, {
      batchSize,
      loss: { type: "crossEntropy" },
      optimizer: { type: "sgd" },
      weights: initialWeights(network, new Random(1)),
      seed: 1,
      backend,
      ...(bankCount === undefined ? {} : { bankCount }),
    }),
  );
}

describe("BatchWriter", () => {
  for (const batchSize of [1, 4]) {
    it(`gives the same colour images however they reach the program, batches of ${batchSize}`, async () => {
      // From a bank of the whole set, from one that holds a batch, written as numbers.
      const programs = await Promise.all(
        [7, batchSize, undefined].map((bankCount) => compile(bankCount, batchSize)),
      );
      const writers = programs.map((program) => new BatchWriter(program, set, new Random(2)));
      for (const step of [0, 1, 2, 5, 1]) {
        for (const writer of writers) writer.write(step);
        for (const program of programs) program.step(0.1);
        const [whole, ...others] = programs;
        for (const other of others) {
          expect(other.inputs).toEqual(whole!.inputs);
          expect(other.targets).toEqual(whole!.targets);
          expect(other.loss).toBe(whole!.loss);
        }
      }
      for (const program of programs) program.close();
    });
  }
});

describe("bankCountOf", () => {
  it("takes a set into the memory as a whole up to 256 MiB, else a batch of it", () => {
    const large = (bytes: number): ImageSet => ({
      ...set,
      count: bytes / 2 ** 10,
      images: new Uint8Array(bytes),
    });
    expect(bankCountOf(large(2 ** 28), 32)).toBe(2 ** 18);
    expect(bankCountOf(large(2 ** 28 + 2 ** 10), 32)).toBe(32);
  });

  it("is none for tables", () => {
    const { count, labels, classes } = set;
    const table = { count, labels, classes, features: ["a", "b"], values: new Float32Array(14) };
    expect(bankCountOf(table, 32)).toBeUndefined();
  });
});
