import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { NumberGrid } from "./number-grid.js";

const limits = { bytes: 12, numbers: 6 };

function gridOf(values: readonly number[]): NumberGrid {
  const grid = new NumberGrid(2, "t.csv", limits);
  values.forEach((value, i) => {
    grid.add(value);
    if (i % 2 === 1) grid.endRow();
  });
  return grid;
}

describe("NumberGrid", () => {
  it("holds as many bytes, or other numbers, as its budget has room for", () => {
    const bytes = new Array(12).fill(7);
    expect(gridOf(bytes).numbers).toEqual(Uint8Array.from(bytes));
    const numbers = [1, 2, 3, 4, 5, 0.5];
    expect(gridOf(numbers).numbers).toEqual(Float64Array.from(numbers));
  });

  it.each([
    ["bytes", new Array(13).fill(7), 12, 6],
    ["other numbers", [0.5, 2, 3, 4, 5, 6, 7], 6, 3],
    ["bytes before the first other number", [1, 2, 3, 4, 5, 6, 0.5], 6, 3],
  ])("refuses more %s", (_name, values, cells, rows) => {
    expect(() => gridOf(values)).toThrow(
      new FormatError(
        "t.csv",
        `a table must have at most ${cells} cells, got more after row ${rows}`,
      ),
    );
  });
});
