import { describe, expect, it } from "vitest";
import { run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import {
  binaryCrossEntropy,
  countCorrect,
  Graph,
  mean,
  meanSquaredError,
  softCrossEntropy,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  spread,
} from "../index.js";

// Two samples, three classes: the logarithms of shares 1/8, 2/8, 5/8 and of 1/3 each, moved by 7.
const logits = values([2, 3], Math.log(1), Math.log(2), Math.log(5), 7, 7, 7);

describe("softmaxCrossEntropy", () => {
  it("is minus the logarithm of the share of the true class", async () => {
    const [first, second] = await run(
      softmaxCrossEntropy,
      { smoothing: 0 },
      logits,
      values([2], 1, 0),
    );
    expect(first).toBeCloseTo(Math.log(4), 14);
    expect(second).toBeCloseTo(Math.log(3), 14);
  });

  it("spreads a smoothed target over all classes", async () => {
    const [loss] = await run(softmaxCrossEntropy, { smoothing: 0.3 }, logits, values([2], 1, 0));
    expect(loss).toBeCloseTo(0.1 * Math.log(8) + 0.8 * Math.log(4) + 0.1 * Math.log(8 / 5), 14);
  });

  it("stays finite where the exponential would overflow", async () => {
    const great = values([1, 2], 2000, 0);
    const loss = await run(softmaxCrossEntropy, { smoothing: 0 }, great, values([1], 1));
    expect(loss).toEqual([2000]);
  });

  it("pulls every share towards its target", async () => {
    const inputs = [logits, values([2], 1, 0), values([2], 8, 0)];
    const dx = await run(softmaxCrossEntropyGradient, { smoothing: 0 }, ...inputs);
    [1, -6, 5, 0, 0, 0].forEach((expected, i) => {
      expect(dx[i]).toBeCloseTo(expected, 14);
    });
  });

  it("refuses labels that are not one per sample", () => {
    const graph = new Graph();
    const inputs = [graph.input("logits", [4, 3]), graph.input("labels", [3], "i32")];
    expect(() => graph.apply(softmaxCrossEntropy, inputs, { smoothing: 0 })).toThrow(
      new ShapeError("softmaxCrossEntropy: labels must be [4], got [3]"),
    );
  });
});

describe("softCrossEntropy", () => {
  it("agrees with softmaxCrossEntropy where one class is the whole truth", async () => {
    const oneHot = values([2, 3], 0, 1, 0, 1, 0, 0);
    const soft = await run(softCrossEntropy, { smoothing: 0.2 }, logits, oneHot);
    const hard = await run(softmaxCrossEntropy, { smoothing: 0.2 }, logits, values([2], 1, 0));
    soft.forEach((loss, i) => {
      expect(loss).toBeCloseTo(hard[i], 14);
    });
  });
});

describe("meanSquaredError", () => {
  it("is the mean over the numbers of a sample", async () => {
    const prediction = values([2, 1, 2], 1, 2, 3, 4);
    const target = values([2, 1, 2], 1, 4, 0, 5);
    expect(await run(meanSquaredError, {}, prediction, target)).toEqual([2, 5]);
  });
});

describe("binaryCrossEntropy", () => {
  it("takes each output for a question of its own", async () => {
    const x = values([1, 2], Math.log(3), -Math.log(3));
    const [loss] = await run(binaryCrossEntropy, {}, x, values([1, 2], 1, 1));
    expect(loss).toBeCloseTo((-Math.log(0.75) - Math.log(0.25)) / 2, 14);
  });

  it("stays finite for logits of any size", async () => {
    const x = values([2, 1], 1000, -1000);
    expect(await run(binaryCrossEntropy, {}, x, values([2, 1], 0, 0))).toEqual([1000, 0]);
  });
});

describe("mean", () => {
  it("is the mean, and shares its gradient out evenly", async () => {
    expect(await run(mean, {}, values([4], 1, 2, 3, 6))).toEqual([3]);
    expect(await run(spread, { shape: [4] }, values([1], 2))).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});

describe("countCorrect", () => {
  it("counts rows whose first maximum is at the label", async () => {
    const scores = values([4, 3], 1, 3, 2, 5, 5, 0, 5, 5, 0, -1, -2, -3);
    expect(await run(countCorrect, {}, scores, values([4], 1, 0, 1, 2))).toEqual([2]);
  });
});
