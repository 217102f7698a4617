import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { referenceBackend as backend } from "../engine/index.js";
import type { Activation } from "./activations.js";
import { compileInference } from "./compile-inference.js";
import { compileTraining } from "./compile-training.js";
import type { LossDescription } from "./losses.js";
import { meanLoss } from "./mean-loss.js";
import { dense, model } from "./model.js";
import { initialWeights } from "./weights.js";

const cases: [LossDescription["type"], Activation][] = [
  ["crossEntropy", "linear"],
  ["crossEntropy", "softmax"],
  ["binaryCrossEntropy", "linear"],
  ["binaryCrossEntropy", "sigmoid"],
  ["meanSquaredError", "linear"],
  ["meanSquaredError", "sigmoid"],
  ["meanSquaredError", "softmax"],
  ["meanSquaredError", "tanh"],
];

describe("meanLoss", () => {
  it.each(cases)(
    "of %s is what training says, for a model that ends in %s",
    async (type, activation) => {
      const random = new Random(3);
      const batchSize = 4;
      const labels = Int32Array.of(2, 0, 1, 2);
      const inputs = Float64Array.from({ length: 5 * batchSize }, () => 3 * random.normal());
      const network = model({ input: [5], layers: [dense(3, { activation })] });
      const weights = initialWeights(network, random);
      const loss = { type };

      const training = await compileTraining(network, {
        batchSize,
        loss,
        targets: type === "crossEntropy" ? "sparse" : "dense",
        optimizer: { type: "sgd" },
        weights,
        seed: 1,
        backend,
      });
      training.inputs.set(inputs);
      if (type === "crossEntropy") training.targets.set(labels);
      else for (const [row, label] of labels.entries()) training.targets[3 * row + label] = 1;
      training.step(0);

      const inference = await compileInference(network, weights, { batchSize, backend });
      inference.inputs.set(inputs);
      inference.run();
      const logits = Float32Array.from(inference.outputs);
      expect(meanLoss(logits, labels, { model: network, loss })).toBeCloseTo(training.loss, 6);
    },
  );

  it("stays finite where a sigmoid is sure of what is wrong", () => {
    const network = model({ input: [1], layers: [dense(2, { activation: "sigmoid" })] });
    const trained = { model: network, loss: { type: "binaryCrossEntropy" } } as const;
    expect(meanLoss(Float32Array.of(1000, -1000), Int32Array.of(1), trained)).toBe(1000);
  });
});
