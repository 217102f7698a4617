import { describe, expect, it } from "vitest";
import { Random, ShapeError } from "../base/index.js";
import { synthetic } from "../data/index.js";
import { referenceBackend, wasmBackend } from "../engine/index.js";
import { dense, flatten, globalAveragePool, initialWeights, model } from "../nn/index.js";
import { predict } from "./predict.js";

describe("predict", () => {
  const set = synthetic({ count: 11, random: new Random(1) });
  const layers = [flatten(), dense(10, { activation: "softmax" })];
  const network = model({ input: [28, 28, 1], layers });
  const weights = initialWeights(network, new Random(2));

  it("gives x·W + b of pixels / 255, the softmax left out", async () => {
    const logits = await predict(network, weights, set, { backend: referenceBackend });
    const { data } = weights.get("layers.1.weight")!;
    let expected = 0;
    for (let i = 0; i < 784; i++) expected += (set.images[3 * 784 + i] / 255) * data[i * 10 + 4];
    expect(logits).toHaveLength(110);
    expect(logits[3 * 10 + 4]).toBeCloseTo(expected, 5);
  });

  it("gives the same whatever the batch, the last one part empty", async () => {
    const backend = referenceBackend;
    const whole = await predict(network, weights, set, { backend, batchSize: 11 });
    for (const batchSize of [1, 4, 64]) {
      expect(await predict(network, weights, set, { backend, batchSize })).toEqual(whole);
    }
  });

  it("refuses images of a size the model does not take", async () => {
    for (const [image, got] of [
      [{ height: 14, width: 14, count: 44 }, "[14, 14, 1]"],
      [{ height: 14, width: 14, channels: 4 }, "[14, 14, 4]"],
    ] as const) {
      const other = { ...set, ...image };
      await expect(predict(network, weights, other, { backend: referenceBackend })).rejects.toThrow(
        new ShapeError(`predict: images must be [28, 28, 1] like the model's input, got ${got}`),
      );
    }
  });

  it("takes any image of as many values where the model's input is flat", async () => {
    const flat = model({ input: [784], layers: [dense(10, { activation: "softmax" })] });
    const [weight, bias] = [...weights.values()];
    const renamed = new Map([
      ["layers.0.weight", weight],
      ["layers.0.bias", bias],
    ]);
    const backend = referenceBackend;
    expect(await predict(flat, renamed, set, { backend })).toEqual(
      await predict(network, weights, set, { backend }),
    );
  });

  it("tells after each batch how far it is", async () => {
    const shares: number[] = [];
    const onProgress = (share: number): number => shares.push(share);
    await predict(network, weights, set, { backend: referenceBackend, batchSize: 4, onProgress });
    expect(shares).toEqual([4 / 11, 8 / 11, 1]);
  });

  it("lets others have their turn where it takes long", async () => {
    const wide = model({ input: [28, 28, 1], layers: [flatten(), dense(3000), dense(10)] });
    const many = synthetic({ count: 100, random: new Random(5) });
    let turns = 0;
    const timer = setInterval(() => turns++);
    const options = { backend: referenceBackend, batchSize: 1 };
    await predict(wide, initialWeights(wide, new Random(6)), many, options);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it("takes fewer at once of large images than of small ones", async () => {
    const large = model({ input: [2048, 2048, 1], layers: [globalAveragePool(), dense(2)] });
    const images = new Uint8Array(2048 * 2048 * 2).fill(255);
    const shape = { count: 2, height: 2048, width: 2048, channels: 1 };
    const labelled = { ...shape, images, labels: Int32Array.of(0, 1), classes: ["a", "b"] };
    const weights = initialWeights(large, new Random(4));
    const backend = await wasmBackend({ threads: 1 });
    const [a, b] = weights.get("layers.1.weight")!.data;
    const logits = await predict(large, weights, labelled, { backend });
    [a, b, a, b].forEach((value, i) => {
      expect(logits[i]).toBeCloseTo(value!, 5);
    });
    const together = predict(large, weights, labelled, { backend, batchSize: 256 });
    await expect(together).rejects.toThrow("wasm: a program must fit 2 GiB");
  });
});
