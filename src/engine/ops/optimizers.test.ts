import { describe, expect, it } from "vitest";
import { run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import { adam, Graph, rmsprop, sgd, sgdMomentum } from "../index.js";

// One number each, so that every step can be followed by hand. Learning rate 0.5; corrections 2 and 4.
const parameter = values([1], 10);
const gradient = values([1], 3);
const rates = values([4], 0.5, 2, 4, 0);
const of = (number: number) => values([1], number);

describe("sgd", () => {
  it("goes against the gradient", async () => {
    expect(await run(sgd, { weightDecay: 0 }, parameter, gradient, rates)).toEqual([8.5]);
  });

  it("adds the decayed weight to the gradient", async () => {
    expect(await run(sgd, { weightDecay: 0.5 }, parameter, gradient, rates)).toEqual([6]);
  });
});

describe("sgdMomentum", () => {
  const attributes = { momentum: 0.5, nesterov: false, weightDecay: 0 };

  it("lets a share of the velocity live on", async () => {
    // v = 0.5·8 + 3
    const updated = await run(sgdMomentum, attributes, parameter, of(8), gradient, rates);
    expect(updated).toEqual([10 - 0.5 * 7, 7]);
  });

  it("looks ahead along the velocity with Nesterov", async () => {
    const ahead = { ...attributes, nesterov: true };
    const updated = await run(sgdMomentum, ahead, parameter, of(8), gradient, rates);
    expect(updated).toEqual([10 - 0.5 * (3 + 0.5 * 7), 7]);
  });
});

describe("rmsprop", () => {
  it("divides by the root of the mean square", async () => {
    // s = 0.5·23 + 0.5·9 = 16
    const attributes = { decay: 0.5, epsilon: 2, weightDecay: 0 };
    const updated = await run(rmsprop, attributes, parameter, of(23), gradient, rates);
    expect(updated).toEqual([10 - (0.5 * 3) / (4 + 2), 16]);
  });
});

describe("adam", () => {
  // m = 0.5·5 + 0.5·3 = 4, corrected 8; v = 0.75·9 + 0.25·9 = 9, corrected 36
  const attributes = { beta1: 0.5, beta2: 0.75, epsilon: 2, weightDecay: 0, decoupled: false };
  const inputs = [parameter, of(5), of(9), gradient, rates];

  it("divides the corrected first moment by the root of the corrected second", async () => {
    expect(await run(adam, attributes, ...inputs)).toEqual([10 - (0.5 * 8) / (6 + 2), 4, 9]);
  });

  it("lets decoupled decay act on the parameter alone", async () => {
    const decoupled = { ...attributes, weightDecay: 0.2, decoupled: true };
    expect(await run(adam, decoupled, ...inputs)).toEqual([9 - (0.5 * 8) / (6 + 2), 4, 9]);
  });

  it("lets coupled decay pass through the moments", async () => {
    // g = 3 + 0.2·10 = 5; m = 5, corrected 10; v = 0.75·9 + 0.25·25 = 13
    const coupled = { ...attributes, weightDecay: 0.2 };
    const updated = await run(adam, coupled, ...inputs);
    expect(updated).toEqual([10 - (0.5 * 10) / (Math.sqrt(52) + 2), 5, 13]);
  });

  it("refuses moments of another shape than the parameter, and rates that are not four", () => {
    const graph = new Graph();
    const [p, other] = [graph.state("p", [2]), graph.state("other", [3])];
    const four = graph.input("rates", [4]);
    expect(() => graph.apply(adam, [p, p, other, p, four], attributes)).toThrow(
      new ShapeError("adam: shapes must be equal, got [2] and [3]"),
    );
    expect(() => graph.apply(sgd, [p, p, p], { weightDecay: 0 })).toThrow(
      new ShapeError("sgd: rates must be [4], got [2]"),
    );
  });
});
