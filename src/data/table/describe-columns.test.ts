import { expect, it } from "vitest";
import { describeColumns } from "./describe-columns.js";

it("counts what is missing and different, and tells the range or the most frequent texts", () => {
  const gap = Number.NaN;
  const table = {
    count: 4,
    columns: [
      { name: "age", type: "number", values: Float64Array.of(3, gap, -1, 3) },
      { name: "colour", type: "text", values: ["red", "blue", undefined, "red"] },
      { name: "empty", type: "number", values: Float64Array.of(gap, gap, gap, gap) },
    ],
    labels: Int32Array.of(0, 1, 0, 1),
    classes: ["a", "b"],
    label: "kind",
    source: "t.csv",
    rowNumbers: Int32Array.of(2, 3, 4, 5),
  } as const;
  expect(describeColumns(table)).toEqual([
    {
      name: "age",
      type: "number",
      missing: 1,
      different: 2,
      range: { low: -1, high: 3, mean: 5 / 3 },
    },
    {
      name: "colour",
      type: "text",
      missing: 1,
      different: 2,
      frequent: [
        { text: "red", count: 2 },
        { text: "blue", count: 1 },
      ],
    },
    { name: "empty", type: "number", missing: 4, different: 0 },
  ]);
});
