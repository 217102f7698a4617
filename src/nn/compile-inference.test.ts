import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { referenceBackend as backend } from "../engine/index.js";
import { compileInference } from "./compile-inference.js";
import { activation, batchNorm, dense, dropout, model } from "./model.js";
import { initialWeights, type Weights } from "./weights.js";

const doubling: Weights = new Map([
  ["layers.0.weight", { shape: [2, 2], data: Float32Array.of(2, 0, 0, 2) }],
  ["layers.0.bias", { shape: [2], data: Float32Array.of(0, 1) }],
]);

async function outputsOf(description: ReturnType<typeof model>, weights: Weights) {
  const program = await compileInference(description, weights, { batchSize: 2, backend });
  program.inputs.set([1, 2, -3, 0.5]);
  program.run();
  return [...program.outputs];
}

describe("compileInference", () => {
  const logits = [2, 5, -6, 2];

  it.each(["softmax", "sigmoid"] as const)(
    "leaves out a closing %s, wherever it is written",
    async (name) => {
      const within = model({ input: [2], layers: [dense(2, { activation: name })] });
      const apart = model({ input: [2], layers: [dense(2), activation(name)] });
      expect(await outputsOf(within, doubling)).toEqual(logits);
      expect(await outputsOf(apart, doubling)).toEqual(logits);
    },
  );

  it("applies any other closing activation", async () => {
    const rectified = model({ input: [2], layers: [dense(2, { activation: "relu" })] });
    expect(await outputsOf(rectified, doubling)).toEqual([2, 5, 0, 2]);
  });

  it("drops nothing", async () => {
    const dropping = model({ input: [2], layers: [dense(2), dropout(0.9)] });
    expect(await outputsOf(dropping, doubling)).toEqual(logits);
  });

  it("normalises by the running statistics, so that a sample's company does not matter", async () => {
    const normalised = model({ input: [2], layers: [batchNorm({ epsilon: 1e-12 })] });
    const weights: Weights = new Map([
      ...initialWeights(normalised, new Random(1)),
      ["layers.0.statistics", { shape: [2, 2], data: Float32Array.of(1, 0, 4, 0.25) }],
    ]);
    const expected = [0, 4, -2, 1];
    (await outputsOf(normalised, weights)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 9);
    });
  });

  it("takes other weights of the same model, and no others", async () => {
    const plain = model({ input: [2], layers: [dense(2)] });
    const program = await compileInference(plain, initialWeights(plain, new Random(1)), {
      batchSize: 2,
      backend,
    });
    program.setWeights(doubling);
    program.inputs.set([1, 2, -3, 0.5]);
    program.run();
    expect([...program.outputs]).toEqual(logits);
    expect(() => program.setWeights(new Map())).toThrow(
      "weights: layers.0.weight must be [2, 2], got no such array",
    );
    const more = new Map([...doubling, ["layers.1.weight", doubling.get("layers.0.weight")!]]);
    expect(() => program.setWeights(more)).toThrow(
      'weights: each array must belong to a layer of the model, got "layers.1.weight"',
    );
  });
});
