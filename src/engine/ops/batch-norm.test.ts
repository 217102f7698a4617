import { describe, expect, it } from "vitest";
import { run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import { batchNorm, batchStatistics, Graph, movingAverage } from "../index.js";

const x = values([4, 2], 1, 100, 3, 100, 5, 100, 7, 100);

describe("batchStatistics", () => {
  it("gives mean and biased variance of each channel", async () => {
    expect(await run(batchStatistics, {}, x)).toEqual([4, 100, 5, 0]);
  });

  it("does not lose a small variance beside a great mean", async () => {
    const far = values([2, 1], 1e8 - 1, 1e8 + 1);
    expect(await run(batchStatistics, {}, far)).toEqual([1e8, 1]);
  });
});

describe("batchNorm", () => {
  it("moves each channel to mean beta and deviation gamma", async () => {
    const inputs = [values([2], 10, 1), values([2], 0, 3), values([2, 2], 4, 100, 4, 0)];
    const y = await run(batchNorm, { epsilon: 1, frozen: true }, x, ...inputs);
    const step = 10 / Math.sqrt(5);
    [-3 * step, 3, -step, 3, step, 3, 3 * step, 3].forEach((expected, i) => {
      expect(y[i]).toBeCloseTo(expected, 13);
    });
  });

  it("refuses parameters that are not one per channel", () => {
    const graph = new Graph();
    const shapes = [[4, 2], [3], [2], [2, 2]];
    const inputs = shapes.map((shape, i) => graph.input(`${i}`, shape));
    expect(() => graph.apply(batchNorm, inputs, { epsilon: 1e-5, frozen: false })).toThrow(
      new ShapeError("batchNorm: gamma must be [2], got [3]"),
    );
  });
});

describe("movingAverage", () => {
  it("moves the state a share of the way, in place", async () => {
    const state = values([2], 10, 20);
    expect(await run(movingAverage, { decay: 0.75 }, state, values([2], 14, 12))).toEqual([11, 18]);
  });
});
