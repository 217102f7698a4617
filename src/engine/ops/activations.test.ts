import { describe, expect, it } from "vitest";
import { run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import {
  add,
  addBias,
  Graph,
  gelu,
  leakyRelu,
  matmul,
  relu,
  reshape,
  sigmoid,
  softmax,
  tanh,
} from "../index.js";

const x = values([5], -40, -1, 0, 1, 40);

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 12);
  });
}

describe("activations", () => {
  it("relu cuts off what is negative", async () => {
    expect(await run(relu, {}, x)).toEqual([0, 0, 0, 1, 40]);
  });

  it("leakyRelu keeps a share of what is negative", async () => {
    expect(await run(leakyRelu, { slope: 0.25 }, x)).toEqual([-10, -0.25, 0, 1, 40]);
  });

  it("sigmoid runs from 0 to 1", async () => {
    expectClose(await run(sigmoid, {}, x), [0, 0.268941421369995, 0.5, 0.731058578630005, 1]);
  });

  it("tanh runs from -1 to 1", async () => {
    expectClose(await run(tanh, {}, x), [-1, -0.761594155955765, 0, 0.761594155955765, 1]);
  });

  it("gelu is PyTorch's with approximate='tanh'", async () => {
    expectClose(await run(gelu, {}, x), [0, -0.158808009391723, 0, 0.841191990608277, 40]);
  });

  it("softmax makes each row add up to 1, and doesn't overflow", async () => {
    const logits = values([3, 2], 0, Math.log(3), 1000, 1000, -1000, 1000);
    expectClose(await run(softmax, {}, logits), [0.25, 0.75, 0.5, 0.5, 0, 1]);
  });
});

describe("shape errors", () => {
  const graph = new Graph();
  const matrix = graph.input("matrix", [2, 3]);
  const vector = graph.input("vector", [2]);

  it("add wants equal shapes", () => {
    expect(() => graph.apply(add, [matrix, vector], {})).toThrow(
      new ShapeError("add: shapes must be equal, got [2, 3] and [2]"),
    );
  });

  it("addBias wants one number per channel", () => {
    expect(() => graph.apply(addBias, [matrix, vector], {})).toThrow(
      new ShapeError("addBias: last axis of [2, 3] must match [2]"),
    );
  });

  it("matmul wants matrices that fit each other", () => {
    const plain = { transposeA: false, transposeB: false };
    expect(() => graph.apply(matmul, [matrix, matrix], plain)).toThrow(
      new ShapeError("matmul: inner extents must match, got [2, 3] and [2, 3]"),
    );
    expect(() => graph.apply(matmul, [matrix, vector], plain)).toThrow(
      new ShapeError("matmul: input must have 2 axes, got [2]"),
    );
  });

  it("reshape keeps the number of elements", () => {
    expect(() => graph.apply(reshape, [matrix], { shape: [4] })).toThrow(
      new ShapeError("reshape: sizes must be equal, got [2, 3] and [4]"),
    );
  });
});
