import { describe, expect, it } from "vitest";
import { run, values } from "../../../test/run-operation.js";
import { ShapeError } from "../../base/index.js";
import { dropout, dropoutHash, Graph } from "../index.js";

const SIZE = 20_000;
const ones = values([SIZE], ...new Array(SIZE).fill(1));
const seed = (number: number) => values([1], number);

describe("dropout", () => {
  it("drops the share it says, and makes up for it in the rest", async () => {
    const y = await run(dropout, { rate: 0.2, stream: 0 }, ones, seed(1));
    expect(new Set(y)).toEqual(new Set([0, 1.25]));
    const dropped = y.filter((value) => value === 0).length / SIZE;
    // Five standard deviations of 20,000 draws.
    expect(Math.abs(dropped - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / SIZE));
  });

  it("keeps everything at rate 0", async () => {
    // Even element 0, whose hash is 0 here.
    expect(await run(dropout, { rate: 0, stream: 0 }, ones, seed(0))).toEqual(ones.values);
  });

  it("drops the same again for the same seed, others for another seed or stream", async () => {
    const draw = (stream: number, number: number) =>
      run(dropout, { rate: 0.5, stream }, ones, seed(number));
    const first = await draw(0, 1);
    expect(await draw(0, 1)).toEqual(first);
    for (const other of [await draw(0, 2), await draw(1, 1)]) {
      const same = other.filter((value, i) => value === first[i]).length / SIZE;
      expect(Math.abs(same - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / SIZE));
    }
  });

  it("follows one hash, on which all backends agree", () => {
    const hashes = [dropoutHash(0, 0, 0), dropoutHash(1, 0, 0), dropoutHash(5, 2, -1)];
    expect(hashes).toEqual([0, 301794027, 3785426107]);
  });

  it("refuses a rate that leaves nothing", () => {
    const graph = new Graph();
    const inputs = [graph.input("x", [4]), graph.input("seed", [1], "i32")];
    expect(() => graph.apply(dropout, inputs, { rate: 1, stream: 0 })).toThrow(
      new ShapeError("dropout: rate must be from 0 to below 1, got 1"),
    );
  });
});
