import type { CurvePair, Evaluation, MacroCurves, Metrics, Ratio } from "../evaluate/index.js";
import { count, figure, NO_FIGURE, printable, visibleLength } from "./terminal/format.js";
import type { Layout } from "./terminal/layout.js";
import { formatTable } from "./terminal/table.js";

interface Column {
  readonly name: string;
  /** The columns of the highest numbers are the first to go where the terminal is narrow. */
  readonly rank: number;
  readonly cells: readonly string[];
}

/** The metrics of each class and their averages, as many columns of them as there is room for. */
export function classTableText(
  { samples, perClass, macro, weighted, micro, curves }: Evaluation,
  { style: { dim }, columns }: Layout,
): string {
  const all: readonly Metrics[] = [...perClass, macro, weighted, micro];
  const ratios = (name: string, ratio: Ratio, rank: number): Column => ({
    name,
    rank,
    cells: all.map((metrics) =>
      metrics.undefinedRatios.includes(ratio) ? NO_FIGURE : figure(metrics[ratio]),
    ),
  });
  const area = (pair: CurvePair | MacroCurves) => (pair.roc ? figure(pair.roc.area) : NO_FIGURE);
  const names = perClass.map(({ label }) => printable(label));
  const table: readonly Column[] = [
    { name: "class", rank: 0, cells: [...names, ...["macro", "weighted", "micro"].map(dim)] },
    ratios("precision", "precision", 1),
    ratios("recall", "recall", 1),
    ratios("specificity", "specificity", 4),
    ratios("F1", "f1", 1),
    ratios("NPV", "negativePredictiveValue", 5),
    ratios("FPR", "falsePositiveRate", 3),
    // There is no weighted average of curves.
    {
      name: "AUC",
      rank: 6,
      cells: [...curves.perClass.map(area), area(curves.macro), "", area(curves.micro)],
    },
    { name: samples, rank: 2, cells: perClass.map(({ support }) => count(support)) },
  ];
  const shown = fitting(table, columns);
  const rows = all.map((_, row) => shown.map(({ cells }) => cells[row] ?? ""));
  return formatTable(
    [shown.map(({ name }) => dim(name)), ...rows],
    `l${"r".repeat(shown.length - 1)}`,
  );
}

/** Leaves out columns, the least needed first, until the rest fits. */
function fitting(table: readonly Column[], width: number): readonly Column[] {
  const needed = table.map(
    ({ name, cells }) => Math.max(name.length, ...cells.map(visibleLength)) + 2,
  );
  if (needed.reduce((sum, column) => sum + column, -2) <= width) return table;
  const least = Math.max(...table.map(({ rank }) => rank));
  return least <= 1
    ? table
    : fitting(
        table.filter(({ rank }) => rank < least),
        width,
      );
}
