import { percentNumber } from "../base/index.js";
import { type Evaluation, type Normalization, normalizeConfusion } from "../evaluate/index.js";
import { count, percent, printable, visibleLength } from "./terminal/format.js";
import type { Layout } from "./terminal/layout.js";
import type { Style } from "./terminal/style.js";
import { formatTable } from "./terminal/table.js";

const WORST_CELLS = 12;
const WHOLES: Readonly<Record<Normalization, string>> = {
  row: "the row",
  column: "the column",
  all: "all",
};

/** A confusion matrix for a terminal: counts, or shares of row, column or all. */
export interface ConfusionLayout extends Layout {
  readonly normalize?: Normalization | undefined;
}

/**
 * What is taken for what, in the fullest form that fits the terminal: the matrix of counts or shares,
 * or a map of one character a cell with the most frequent mistakes below it, or these alone.
 */
export function confusionText(evaluation: Evaluation, layout: ConfusionLayout): string {
  const { style, columns, normalize } = layout;
  const fits = (text: string) => text.split("\n").every((line) => visibleLength(line) <= columns);
  const formats = normalize === undefined ? [count, String] : [percentNumber];
  const matrices = formats.map((format) => matrix(evaluation, { style, normalize, format }));
  const fitting = matrices.find(fits);
  if (fitting !== undefined) return fitting;
  const worst = worstCells(evaluation, style);
  const map = densityMap(evaluation, layout);
  return map !== undefined && fits(map) ? `${map}\n${worst}` : worst;
}

function matrix(
  { confusion, perClass }: Evaluation,
  {
    style: { bold, dim },
    normalize,
    format,
  }: Omit<ConfusionLayout, "columns"> & { readonly format: (value: number) => string },
): string {
  const labels = perClass.map(({ label }) => printable(label));
  const shown = normalize === undefined ? confusion : normalizeConfusion(confusion, normalize);
  const rows = shown.map((row, actual) => [
    dim(labels[actual]!),
    ...row.map((value, predicted) => {
      if (value === 0) return dim("·");
      return actual === predicted ? bold(format(value)) : format(value);
    }),
  ]);
  const table = formatTable([["", ...labels.map(dim)], ...rows], `l${"r".repeat(labels.length)}`);
  const unit = normalize === undefined ? "" : `; percent of ${WHOLES[normalize]}`;
  return `${dim(`rows: what it is, columns: what it was read as${unit}`)}\n${table}`;
}

/** One character a cell: which tenth of its row, say, it holds. Not for labels longer than that. */
function densityMap(
  { confusion, perClass }: Evaluation,
  { style: { bold, dim }, normalize = "row" }: ConfusionLayout,
): string | undefined {
  const labels = perClass.map(({ label }) => printable(label));
  if (labels.some((label) => visibleLength(label) !== 1)) return undefined;
  const lines = normalizeConfusion(confusion, normalize).map((row, actual) => {
    const cells = row.map((share, predicted) =>
      actual === predicted ? bold(tenth(share)) : tenth(share),
    );
    return `${dim(labels[actual]!)}  ${cells.join("")}`.trimEnd();
  });
  return [
    dim("rows: what it is, columns: what it was read as"),
    dim(`cells: tenths of ${WHOLES[normalize]}, · less than one, ■ all`),
    `   ${dim(labels.join(""))}`,
    ...lines,
    "",
  ].join("\n");
}

/** `7` for 0.7 to 0.8. */
function tenth(share: number): string {
  if (share === 0) return " ";
  if (share === 1) return "■";
  return share < 0.1 ? "·" : String(Math.floor(share * 10));
}

function worstCells({ confusion, perClass, samples }: Evaluation, { dim }: Style): string {
  const cells = confusion.flatMap((row, actual) =>
    row.map((value, predicted) => ({ value, actual, predicted })),
  );
  const worst = cells
    .filter(({ value, actual, predicted }) => value > 0 && actual !== predicted)
    .sort((a, b) => b.value - a.value)
    .slice(0, WORST_CELLS);
  if (worst.length === 0) return "nothing was misread\n";
  const label = (index: number) => printable(perClass[index]!.label);
  return formatTable(
    [
      ["is", "read as", "times", `of its ${samples}`].map(dim),
      ...worst.map(({ value, actual, predicted }) => [
        label(actual),
        label(predicted),
        count(value),
        percent(value / perClass[actual]!.support, 1),
      ]),
    ],
    "llrr",
  );
}
