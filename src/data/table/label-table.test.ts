import { describe, expect, it } from "vitest";
import { isImageSet } from "../sample-set.js";
import { hasLabels, type LabelOptions, labelTable } from "./label-table.js";
import { readTable } from "./read-table.js";

async function labelled(text: string, options: LabelOptions = {}) {
  return labelTable(await readTable([new TextEncoder().encode(text)], "t.csv"), options);
}

/** Two images of 8×8, the first bright in its last pixel, the second in its first. */
const pixels = [
  [...new Array(63).fill(0), 255],
  [200, ...new Array(63).fill(0)],
];
const images = Uint8Array.from(pixels.flat());
const names = Array.from({ length: 64 }, (_, i) => `pixel${i}`);

describe("labelTable", () => {
  it("makes images of Kaggle's layout: the label first, then as many pixels as a square has", async () => {
    const rows = pixels.map((image, i) => [7 - i, ...image]);
    const set = await labelled(
      [["label", ...names], ...rows].map((row) => row.join(",")).join("\n"),
    );
    expect(set).toEqual({
      count: 2,
      height: 8,
      width: 8,
      channels: 1,
      images,
      labels: Int32Array.of(1, 0),
      classes: ["6", "7"],
    });
  });

  it("finds the label first in images without a header, and in any place that is named", async () => {
    const bare = await labelled(pixels.map((image, i) => [i, ...image].join(",")).join("\n"));
    const last = [[...names, "digit"], ...pixels.map((image, i) => [...image, i])];
    const named = await labelled(last.map((row) => row.join(",")).join("\n"), { label: "digit" });
    const middle = pixels.map((image, i) => [...image.slice(0, 9), i, ...image.slice(9)]);
    const placed = await labelled(middle.map((row) => row.join(",")).join("\n"), { label: "10" });
    for (const set of [bare, named, placed]) {
      expect(isImageSet(set) && set.images).toEqual(images);
      expect(set.labels).toEqual(Int32Array.of(0, 1));
    }
  });

  it.each([
    ["texts", ["seven", "six"], ["seven", "six"]],
    ["numbers above 255", ["30007", "30006"], ["30006", "30007"]],
  ])("takes pixels with labels that are %s", async (_name, labels, classes) => {
    const rows = pixels.map((image, i) => [labels[i], ...image].join(","));
    const set = await labelled([["label", ...names].join(","), ...rows].join("\n"));
    expect(isImageSet(set) && set.images).toEqual(images);
    expect(set.classes).toEqual(classes);
  });

  it("keeps columns that cannot be pixels, and those that must not", async () => {
    const few = await labelled("label,a,b,c,d\nx,1,2,3,4\ny,5,6,7,8\n");
    expect(isImageSet(few)).toBe(false);
    const rows = pixels.map((image, i) => [i, ...image].join(",")).join("\n");
    const kept = await labelled(rows, { label: "1", keepColumns: true });
    expect("columns" in kept && kept.columns).toHaveLength(64);
  });

  it("sorts classes by value, and takes those of a model as they are", async () => {
    const text = "label,a\n10,1\n9,1\nb,1\na,1\n";
    expect((await labelled(text)).classes).toEqual(["9", "10", "a", "b"]);
    const given = await labelled(text, { classes: ["b", "a", "10", "9"] });
    expect([...given.labels]).toEqual([2, 3, 0, 1]);
  });

  it("calls numbers in a column of texts by their value", async () => {
    const set = await labelled("label,rooms\nx,1.0\ny,1\nx,3+\ny,\n");
    expect("columns" in set && set.columns).toEqual([
      { name: "rooms", type: "text", values: ["1", "1", "3+", undefined] },
    ]);
  });

  it("knows a file for predictions only, which has no labels", async () => {
    const read = (text: string) => readTable([new TextEncoder().encode(text)], "t.csv");
    expect(hasLabels(await read("a,b\n1,2\n"))).toBe(false);
    expect(hasLabels(await read("Label,b\n1,2\n"))).toBe(true);
    expect(hasLabels(await read("a,b\n1,2\n"), "b")).toBe(true);
  });
});
