import { describe, expect, it } from "vitest";
import { FormatError } from "../base/index.js";
import { cutSheet, splitSheet } from "./sheet.js";

const layout = { rows: 2, columns: 4, cellPx: 2 };
const classes = ["a", "b"];
/** Grey pixels of 8×4, each telling its place. */
const data = Uint8Array.from({ length: 8 * 4 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));

describe("a sheet of cells", () => {
  it("is cut in reading order, its rows shared out among the classes", () => {
    const set = cutSheet({ width: 8, height: 4, data }, layout, { classes, source: "sheet" });
    expect(set).toMatchObject({ count: 8, height: 2, width: 2, channels: 1, classes });
    expect([...set.images.subarray(4, 8)]).toEqual([2, 3, 10, 11]);
    expect([...set.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("is split down the middle", () => {
    const set = cutSheet({ width: 8, height: 4, data }, layout, { classes, source: "sheet" });
    const { train, test } = splitSheet(set, layout);
    expect([...train.images].filter((_, i) => i % 4 === 0)).toEqual([0, 2, 16, 18]);
    expect([...test.images].filter((_, i) => i % 4 === 0)).toEqual([4, 6, 20, 22]);
  });

  it("must have the size its layout asks for", () => {
    expect(() =>
      cutSheet({ width: 7, height: 4, data }, layout, { classes, source: "sheet.png" }),
    ).toThrow(new FormatError("sheet.png", "must have 8×4 pixels, got 7×4"));
  });
});
