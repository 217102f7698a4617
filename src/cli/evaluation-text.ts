import type { Evaluation } from "../evaluate/index.js";
import { count, percent, printable } from "./terminal/format.js";
import type { Style } from "./terminal/style.js";
import { formatTable } from "./terminal/table.js";

/** A confusion matrix of more classes than this does not fit a terminal; its worst cells are told. */
const MATRIX_CLASSES = 16;
const WORST_CELLS = 12;

/** An evaluation as a person reads it: the headline, a table of classes, what is taken for what. */
export function evaluationText(evaluation: Evaluation, style: Style): string {
  const { accuracy, interval, loss, n } = evaluation;
  const wrong = n - Math.round(accuracy * n);
  const headline = [
    `accuracy ${style.bold(percent(accuracy))}`,
    `(95 %: ${percent(interval[0])} to ${percent(interval[1])})`,
    ` loss ${loss.toFixed(4)}`,
    ` ${count(wrong)} of ${count(n)} wrong`,
  ].join(" ");
  return [`${headline}\n`, classTable(evaluation, style), confusions(evaluation, style)].join("\n");
}

function classTable({ perClass, macro, weighted, micro }: Evaluation, { dim }: Style): string {
  const row = (name: string, metrics: Evaluation["macro"], support = "") => [
    name,
    ...[metrics.precision, metrics.recall, metrics.specificity, metrics.f1].map((value) =>
      value.toFixed(4),
    ),
    support,
  ];
  return formatTable(
    [
      ["class", "precision", "recall", "specificity", "F1", "images"].map(dim),
      ...perClass.map((metrics) => row(printable(metrics.label), metrics, count(metrics.support))),
      row(dim("macro"), macro),
      row(dim("weighted"), weighted),
      row(dim("micro"), micro),
    ],
    "lrrrrr",
  );
}

function confusions(evaluation: Evaluation, style: Style): string {
  return evaluation.perClass.length <= MATRIX_CLASSES
    ? matrix(evaluation, style)
    : worstCells(evaluation, style);
}

/** Rows are what it was, columns what it was taken for. */
function matrix({ confusion, perClass }: Evaluation, { bold, dim }: Style): string {
  const labels = perClass.map(({ label }) => printable(label));
  const rows = confusion.map((row, actual) => [
    dim(labels[actual]!),
    ...row.map((value, predicted) => {
      if (value === 0) return dim("·");
      return actual === predicted ? bold(count(value)) : count(value);
    }),
  ]);
  return formatTable(
    [[dim("is \\ read as"), ...labels.map(dim)], ...rows],
    `l${"r".repeat(labels.length)}`,
  );
}

function worstCells({ confusion, perClass }: Evaluation, { dim }: Style): string {
  const cells = confusion.flatMap((row, actual) =>
    row.map((value, predicted) => ({ value, actual, predicted })),
  );
  const worst = cells
    .filter(({ value, actual, predicted }) => value > 0 && actual !== predicted)
    .sort((a, b) => b.value - a.value)
    .slice(0, WORST_CELLS);
  const label = (index: number) => printable(perClass[index]!.label);
  return formatTable(
    [
      ["is", "read as", "times"].map(dim),
      ...worst.map(({ value, actual, predicted }) => [
        label(actual),
        label(predicted),
        count(value),
      ]),
    ],
    "llr",
  );
}
