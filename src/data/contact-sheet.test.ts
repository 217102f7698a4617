import { describe, expect, it } from "vitest";
import { DataError } from "../base/index.js";
import { contactSheet } from "./contact-sheet.js";

describe("contactSheet", () => {
  it("shows the first images of every class in a row, with room between", () => {
    const { width, height, pixels } = contactSheet(
      {
        count: 4,
        height: 1,
        width: 1,
        channels: 1,
        images: Uint8Array.of(1, 2, 3, 4),
        labels: Int32Array.of(1, 0, 1, 1),
        classes: ["a", "b"],
      },
      { columns: 2 },
    );
    const rows = Array.from({ length: height }, (_, y) =>
      [...pixels.subarray(y * width, (y + 1) * width)].map((v) => (v === 48 ? "." : v)).join(""),
    );
    expect(rows).toEqual([
      "........",
      "........",
      "..2.....",
      "........",
      "........",
      "..1..3..",
      "........",
      "........",
    ]);
  });

  it("shows colours as grey", () => {
    const { pixels } = contactSheet(
      {
        count: 1,
        height: 1,
        width: 1,
        channels: 3,
        images: Uint8Array.of(10, 20, 60),
        labels: Int32Array.of(0),
        classes: ["a"],
      },
      { columns: 1 },
    );
    expect(pixels[2 * 5 + 2]).toBe(30);
  });

  it("refuses to grow beyond what can be looked over", () => {
    const set = {
      count: 0,
      height: 3000,
      width: 2998,
      channels: 1,
      images: new Uint8Array(0),
      labels: new Int32Array(0),
      classes: ["a", "b"],
    };
    expect(() => contactSheet(set)).toThrow(
      new DataError(
        "contactSheet: must have at most 64 megapixels, got 60002 × 6006 for 2 classes of 2998 × 3000",
      ),
    );
  });
});
