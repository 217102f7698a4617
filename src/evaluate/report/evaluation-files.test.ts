import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.js";
import { evaluationFiles } from "./evaluation-files.js";

const evaluation = evaluate(Float32Array.of(2, 0, 0, 1, 2, 1, 2, 0, 0, 1, 0, 0), {
  labels: Int32Array.of(0, 1, 0, 1),
  classes: ["a", 'b, "second"', "never"],
});
const files = evaluationFiles(evaluation);
const rowsOf = (name: string): string[] => files.get(name)!.trimEnd().split("\n");

describe("evaluationFiles", () => {
  it("has the confusion matrix as counts, shares and a picture", () => {
    expect(files.get("confusion.csv")).toBe(
      'is \\ read as,a,"b, ""second""",never\na,2,0,0\n"b, ""second""",1,1,0\nnever,0,0,0\n',
    );
    expect(JSON.parse(files.get("confusion.json")!)).toMatchObject({
      labels: ["a", 'b, "second"', "never"],
      counts: evaluation.confusion,
      byRow: [
        [1, 0, 0],
        [0.5, 0.5, 0],
        [0, 0, 0],
      ],
      byColumn: [
        [2 / 3, 0, 0],
        [1 / 3, 1, 0],
        [0, 0, 0],
      ],
      byAll: [
        [0.5, 0, 0],
        [0.25, 0.25, 0],
        [0, 0, 0],
      ],
    });
    expect(rowsOf("confusion-by-row.csv")[2]).toBe('"b, ""second""",0.5,0.5,0');
    expect(rowsOf("confusion-by-column.csv")[3]).toBe("never,0,0,0");
    expect(rowsOf("confusion-by-all.csv")[1]).toBe("a,0.5,0,0");
    expect(files.get("confusion-by-row.svg")).toContain("read as (% of row)");
    expect(files.get("confusion.svg")).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  it("has every figure in metrics.json, and the points of curves apart", () => {
    const { curves, reject, ...figures } = evaluation;
    const written = JSON.parse(files.get("metrics.json")!);
    expect(written).toMatchObject(figures);
    expect(written.reject).toBeUndefined();
    expect(written.curves.perClass[0]).toEqual({
      label: "a",
      roc: { area: curves.perClass[0]!.roc!.area },
      precisionRecall: {
        averagePrecision: curves.perClass[0]!.precisionRecall!.averagePrecision,
        area: curves.perClass[0]!.precisionRecall!.area,
      },
    });
    expect(written.curves.perClass[2]).toEqual({
      label: "never",
      roc: null,
      precisionRecall: null,
    });
    expect(JSON.parse(files.get("curves.json")!)).toEqual(curves);
    expect(rowsOf("reject.csv")).toHaveLength(1 + reject.length);
  });

  it("has curves as one row a point, of averages too", () => {
    const rows = rowsOf("curves.csv");
    expect(rows.slice(0, 2)).toEqual([
      "curve,class,threshold,false_positive_rate,recall,precision",
      "roc,a,,0,0,",
    ]);
    const { perClass, micro, macro } = evaluation.curves;
    const points = [...perClass, micro, macro].reduce(
      (sum, { roc, precisionRecall }) =>
        sum + (roc?.truePositiveRate.length ?? 0) + (precisionRecall?.recall.length ?? 0),
      0,
    );
    expect(rows).toHaveLength(1 + points);
    expect(rows.filter((row) => row.startsWith("macro-precision-recall,,,,"))).not.toEqual([]);
    expect(rows.filter((row) => row.includes("never"))).toEqual([]);
  });

  it("has the reliability diagram as one row a bin", () => {
    const [head, ...bins] = rowsOf("reliability.csv");
    expect(head).toBe("low,high,count,confidence,accuracy");
    const counts = bins.map((row) => Number(row.split(",")[2]));
    expect(counts).toHaveLength(15);
    expect(counts.reduce((sum, n) => sum + n)).toBe(4);
  });
});
