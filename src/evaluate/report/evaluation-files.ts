import { csv } from "../csv.js";
import type { Evaluation } from "../evaluate.js";
import type { Confusion } from "../metrics/confusion-matrix.js";
import { normalizeConfusion } from "../metrics/normalize-confusion.js";
import type { CurvePair, MacroCurves } from "../metrics/one-versus-rest.js";
import { confusionSvg } from "./confusion-svg.js";

/**
 * An evaluation as files, by name, each of use alone:
 *
 * - `metrics.json`: every figure, but not the points of curves
 * - `confusion.csv`: counts, a row for what it is, a column for what it was read as; as shares in
 *   `confusion-by-row.csv`, `confusion-by-column.csv` and `confusion-by-all.csv`
 * - `confusion.svg`, `confusion-by-row.svg` and so on: the same as pictures
 * - `confusion.json`: labels, counts and all three kinds of shares
 * - `curves.json`, `curves.csv`: points and thresholds of the ROC and precision–recall curves
 * - `reliability.csv`: the bins of the reliability diagram
 * - `reject.csv`: error against coverage
 */
export function evaluationFiles(evaluation: Evaluation): ReadonlyMap<string, string> {
  const { calibration, confusion, curves, perClass, reject } = evaluation;
  const labels = perClass.map(({ label }) => label);
  return new Map([
    ["metrics.json", json(figures(evaluation))],
    ...confusionFiles(confusion, labels),
    ["curves.json", json(curves)],
    ["curves.csv", csv(curveRows(evaluation))],
    [
      "reliability.csv",
      table(["low", "high", "count", "confidence", "accuracy"], calibration.bins),
    ],
    ["reject.csv", table(["threshold", "coverage", "error"], reject)],
  ]);
}

/** An evaluation without the points of its curves; their areas stay where they were. */
function figures({ curves, reject: _, ...rest }: Evaluation): object {
  return {
    ...rest,
    curves: {
      perClass: curves.perClass.map((pair) => ({ label: pair.label, ...areas(pair) })),
      micro: areas(curves.micro),
      macro: areas(curves.macro),
    },
  };
}

function areas({ roc, precisionRecall }: CurvePair | MacroCurves): object {
  return {
    roc: roc && { area: roc.area },
    precisionRecall: precisionRecall && {
      averagePrecision: precisionRecall.averagePrecision,
      area: precisionRecall.area,
    },
  };
}

function confusionFiles(confusion: Confusion, labels: readonly string[]): [string, string][] {
  const [row, column, all] = (["row", "column", "all"] as const).map((by) =>
    normalizeConfusion(confusion, by),
  );
  const text = (cells: Confusion): string =>
    csv([["is \\ read as", ...labels], ...cells.map((values, k) => [labels[k], ...values])]);
  return [
    [
      "confusion.json",
      json({ labels, counts: confusion, byRow: row, byColumn: column, byAll: all }),
    ],
    ["confusion.csv", text(confusion)],
    ["confusion-by-row.csv", text(row)],
    ["confusion-by-column.csv", text(column)],
    ["confusion-by-all.csv", text(all)],
    ["confusion.svg", confusionSvg(confusion, labels)],
    ["confusion-by-row.svg", confusionSvg(confusion, labels, { normalize: "row" })],
    ["confusion-by-column.svg", confusionSvg(confusion, labels, { normalize: "column" })],
    ["confusion-by-all.svg", confusionSvg(confusion, labels, { normalize: "all" })],
  ];
}

const CURVE_COLUMNS = [
  "curve",
  "class",
  "threshold",
  "false_positive_rate",
  "recall",
  "precision",
] as const;

/** One row a point; recall is the true-positive rate of a ROC curve. Averages have no class. */
function curveRows({ curves }: Evaluation): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [[...CURVE_COLUMNS]];
  const add = (
    name: string,
    label: string | null,
    { roc, precisionRecall }: CurvePair | MacroCurves,
  ): void => {
    roc?.truePositiveRate.forEach((recall, i) => {
      const threshold = "thresholds" in roc ? roc.thresholds[i] : null;
      rows.push([`${name}roc`, label, threshold, roc.falsePositiveRate[i], recall, null]);
    });
    precisionRecall?.recall.forEach((recall, i) => {
      const threshold = "thresholds" in precisionRecall ? precisionRecall.thresholds[i] : null;
      rows.push([
        `${name}precision-recall`,
        label,
        threshold,
        null,
        recall,
        precisionRecall.precision[i],
      ]);
    });
  };
  for (const pair of curves.perClass) add("", pair.label, pair);
  add("micro-", null, curves.micro);
  add("macro-", null, curves.macro);
  return rows;
}

function table<K extends string>(
  columns: readonly K[],
  records: readonly Readonly<Record<K, number>>[],
): string {
  return csv([columns, ...records.map((record) => columns.map((column) => record[column]))]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
