import { describe, expect, it } from "vitest";
import { pixels, run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import { conv2d, conv2dFilterGradient, conv2dInputGradient, Graph } from "../index.js";

const plain = { strides: [1, 1], padding: [0, 0, 0, 0] } as const;
const same = { strides: [1, 1], padding: [1, 1, 1, 1] } as const;

const cross = pixels(`
  0 0 1 0 0
  0 0 1 0 0
  1 1 1 1 1
  0 0 1 0 0
  0 0 1 0 0`);

/** Finds edges between a dark left and a bright right. Filters are [kh, kw, cin, cout]. */
const edges = values([1, 2, 1, 1], -1, 1);

describe("conv2d", () => {
  it("slides the filter over the image without turning it round", async () => {
    const y = await run(conv2d, plain, cross, edges);
    const expected = pixels(`
      0  1 -1  0
      0  1 -1  0
      0  0  0  0
      0  1 -1  0
      0  1 -1  0`);
    expect(y).toEqual(expected.values);
  });

  it("counts pixels outside the image as 0", async () => {
    const sums = values([3, 3, 1, 1], ...new Array(9).fill(1));
    const y = await run(conv2d, same, cross, sums);
    const expected = pixels(`
      0 2 2 2 0
      2 5 5 5 2
      2 5 5 5 2
      2 5 5 5 2
      0 2 2 2 0`);
    expect(y).toEqual(expected.values);
  });

  it("moves by its strides, down and to the right", async () => {
    const one = values([1, 1, 1, 1], 1);
    const numbered = pixels(`
      11 12 13 14
      21 22 23 24
      31 32 33 34`);
    const y = await run(conv2d, { ...plain, strides: [2, 3] }, numbered, one);
    expect(y).toEqual([11, 14, 31, 34]);
  });

  it("begins in the padding, where that is on one side alone", async () => {
    const y = await run(conv2d, { strides: [2, 2], padding: [0, 1, 0, 0] }, cross, edges);
    expect(y).toEqual([0, 1, 0, 1, 0, 0, 0, 1, 0]);
  });

  it("sums over the channels of the input, for each channel of the output", async () => {
    const x = values([1, 1, 2, 3], 1, 2, 3, 4, 5, 6);
    const filter = values([1, 1, 3, 2], 1, 10, 2, 20, 3, 30);
    expect(await run(conv2d, plain, x, filter)).toEqual([14, 140, 32, 320]);
  });

  it("sends gradient back to every pixel under a window", async () => {
    const attributes = { ...plain, inputShape: [1, 2, 3, 1] };
    const filter = values([2, 2, 1, 1], 1, 2, 3, 4);
    const dx = await run(conv2dInputGradient, attributes, pixels("1 10"), filter);
    const expected = pixels(`
      1 12 20
      3 34 40`);
    expect(dx).toEqual(expected.values);
  });

  it("sends gradient back to every number of the filter", async () => {
    const attributes = { ...plain, filterShape: [1, 2, 1, 1] };
    const image = pixels(`
      1 2 3
      4 5 6`);
    const dy = pixels(`
      1 0
      0 1`);
    expect(await run(conv2dFilterGradient, attributes, image, dy)).toEqual([1 + 5, 2 + 6]);
  });

  it("refuses a kernel greater than the image, and says what helps", () => {
    const graph = new Graph();
    const inputs = [graph.input("x", [1, 4, 4, 1]), graph.input("filter", [5, 5, 1, 1])];
    expect(() => graph.apply(conv2d, inputs, plain)).toThrow(
      new ShapeError('conv2d: kernel [5, 5] does not fit input [4, 4]; use padding: "same"'),
    );
  });

  it("refuses a filter for another number of channels", () => {
    const graph = new Graph();
    const inputs = [graph.input("x", [1, 4, 4, 3]), graph.input("filter", [3, 3, 1, 8])];
    expect(() => graph.apply(conv2d, inputs, plain)).toThrow(
      new ShapeError(
        "conv2d: filter [3, 3, 1, 8] must have as many input channels as [1, 4, 4, 3]",
      ),
    );
  });

  it("refuses a gradient of another shape than its output", () => {
    const graph = new Graph();
    const inputs = [graph.input("dy", [1, 4, 4, 1]), graph.input("filter", [3, 3, 1, 1])];
    const attributes = { ...plain, inputShape: [1, 4, 4, 1] };
    expect(() => graph.apply(conv2dInputGradient, inputs, attributes)).toThrow(
      new ShapeError("conv2dInputGradient: dy must be [1, 2, 2, 1], got [1, 4, 4, 1]"),
    );
  });
});
