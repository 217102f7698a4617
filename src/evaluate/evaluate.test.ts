import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, ShapeError } from "../base/index.js";
import { dense, model } from "../nn/index.js";
import { evaluate } from "./evaluate.js";

const animals = ["cat", "dog", "owl"];

/** Logits whose highest entry of row i is `predicted[i]`. */
function logitsFor(predicted: readonly number[], classes: number): Float32Array {
  const logits = new Float32Array(predicted.length * classes);
  predicted.forEach((k, i) => {
    logits[i * classes + k] = 2;
  });
  return logits;
}

describe("evaluate", () => {
  // actual    cat cat cat cat dog dog dog owl owl owl
  // predicted cat cat cat dog dog dog owl owl owl cat
  const labels = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 2);
  const predicted = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0];
  const result = evaluate(logitsFor(predicted, 3), { labels, classes: animals });

  it("counts what was taken for what", () => {
    expect(result.confusion).toEqual([
      [3, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
    ]);
    expect(result.n).toBe(10);
    expect(result.accuracy).toBe(0.7);
  });

  it("says what the samples are: rows where the model takes a row of numbers", () => {
    const loss = { type: "crossEntropy" } as const;
    const table = model({ input: [4], layers: [dense(3, { activation: "softmax" })] });
    const logits = logitsFor(predicted, 3);
    expect(result.samples).toBe("images");
    expect(evaluate(logits, { labels, classes: animals }, { model: table, loss }).samples).toBe(
      "rows",
    );
    expect(evaluate(logits, { labels, classes: animals, samples: "rows" }).samples).toBe("rows");
  });

  it("gives the metrics of a class as worked by hand", () => {
    const [cat, dog, owl] = result.perClass;
    expect(cat).toEqual({
      label: "cat",
      support: 4,
      precision: 3 / 4,
      recall: 3 / 4,
      specificity: 5 / 6,
      f1: 3 / 4,
      negativePredictiveValue: 5 / 6,
      falsePositiveRate: 1 / 6,
      undefinedRatios: [],
    });
    expect(dog).toMatchObject({ support: 3, precision: 2 / 3, recall: 2 / 3, specificity: 6 / 7 });
    expect(owl).toMatchObject({ support: 3, precision: 2 / 3, recall: 2 / 3, specificity: 6 / 7 });
  });

  it("averages by class, by support and over all decisions", () => {
    expect(result.macro.f1).toBeCloseTo((3 / 4 + 2 / 3 + 2 / 3) / 3, 12);
    expect(result.weighted.f1).toBeCloseTo((4 * (3 / 4) + 3 * (2 / 3) + 3 * (2 / 3)) / 10, 12);
    expect(result.micro.f1).toBeCloseTo(0.7, 12);
    expect(result.micro.specificity).toBeCloseTo(17 / 20, 12);
  });

  it("gives the loss of the logits", () => {
    const right = Math.log(Math.exp(2) + 2) - 2;
    const wrong = Math.log(Math.exp(2) + 2);
    expect(result.loss).toBeCloseTo((7 * right + 3 * wrong) / 10, 6);
  });

  it("measures the loss that was trained with", () => {
    const sigmoid = model({ input: [2], layers: [dense(2, { activation: "sigmoid" })] });
    const trained = { model: sigmoid, loss: { type: "binaryCrossEntropy" } } as const;
    const logits = Float32Array.of(Math.log(3), 0);
    const { loss, lossType } = evaluate(
      logits,
      { labels: Int32Array.of(0), classes: ["a", "b"] },
      trained,
    );
    expect(lossType).toBe("binaryCrossEntropy");
    expect(loss).toBeCloseTo((-Math.log(0.75) - Math.log(0.5)) / 2, 6);
    expect(result.lossType).toBe("crossEntropy");
  });

  it("keeps the loss finite where exponentials would overflow", () => {
    const set = { labels: Int32Array.of(1), classes: ["a", "b"] };
    const { loss } = evaluate(Float32Array.of(1000, -1000), set);
    expect(loss).toBe(2000);
  });

  it("calls a ratio without cases 0, and averages over the classes that take part", () => {
    const set = { labels: Int32Array.of(0, 0, 2), classes: [..."abcd"] };
    const { perClass, macro } = evaluate(logitsFor([0, 0, 1], 4), set);
    expect(perClass[1]).toMatchObject({ support: 0, precision: 0, recall: 0, f1: 0 });
    expect(perClass[2]).toMatchObject({ support: 1, precision: 0, recall: 0, f1: 0 });
    expect(perClass[3]).toMatchObject({ support: 0, precision: 0, recall: 0, specificity: 1 });
    expect(perClass.map(({ undefinedRatios }) => undefinedRatios)).toEqual([
      [],
      ["recall"],
      ["precision"],
      ["precision", "recall", "f1"],
    ]);
    // a, b and c take part; d neither occurs nor was predicted.
    expect(macro.recall).toBeCloseTo(1 / 3, 12);
  });

  it("refuses what it cannot judge, saying why", () => {
    const of = (...labels: number[]) => ({ labels: Int32Array.from(labels), classes: ["a", "b"] });
    expect(() => evaluate(new Float32Array(0), of())).toThrow(DataError);
    expect(() => evaluate(new Float32Array(3), of(0, 0))).toThrow(ShapeError);
    expect(() => evaluate(new Float32Array(4), of(0, 2))).toThrow(
      "classes must be 0 to 1, got 2 and 0 at 1",
    );
    expect(() => evaluate(Float32Array.of(0, 0, Number.NaN, 0), of(0, 0))).toThrow(
      "evaluate: logits must be finite, got NaN for sample 1; the network has diverged",
    );
  });

  it("has identities that hold for any predictions", () => {
    const cases = fc.integer({ min: 2, max: 7 }).chain((classes) =>
      fc.record({
        classes: fc.constant(classes),
        pairs: fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), {
          minLength: 1,
          maxLength: 60,
        }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ classes, pairs }) => {
        const predicted = pairs.map(([, k]) => k);
        const result = evaluate(logitsFor(predicted, classes), {
          labels: Int32Array.from(pairs, ([actual]) => actual),
          classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
        });
        for (const key of ["precision", "recall", "f1"] as const) {
          expect(result.micro[key]).toBeCloseTo(result.accuracy, 12);
        }
        expect(result.weighted.recall).toBeCloseTo(result.accuracy, 12);
        expect(result.confusion.flat().reduce((sum, count) => sum + count)).toBe(pairs.length);
        for (const { precision, recall, f1, specificity } of result.perClass) {
          const harmonic =
            precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
          expect(f1).toBeCloseTo(harmonic, 12);
          expect(specificity).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
