import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { synthetic } from "../data/index.js";
import { referenceBackend } from "../engine/index.js";
import { dense, flatten, initialWeights, model } from "../nn/index.js";
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
});
