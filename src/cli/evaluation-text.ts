import type { Evaluation } from "../evaluate/index.js";
import { classTableText } from "./class-table-text.js";
import { type ConfusionLayout, confusionText } from "./confusion-text.js";
import { count, figure, NO_FIGURE, percent, visibleLength } from "./terminal/format.js";
import type { Layout } from "./terminal/layout.js";
import { formatTable } from "./terminal/table.js";

/**
 * An evaluation as a person reads it: the headline, what sums it up, a table of classes, what is taken
 * for what.
 */
export function evaluationText(evaluation: Evaluation, layout: ConfusionLayout): string {
  return [
    headline(evaluation, layout),
    summary(evaluation, layout),
    classTableText(evaluation, layout),
    confusionText(evaluation, layout),
  ].join("\n");
}

function headline(
  { accuracy, interval, loss, n }: Evaluation,
  { style: { bold }, columns }: Layout,
): string {
  const wrong = n - Math.round(accuracy * n);
  const parts = [
    `accuracy ${bold(percent(accuracy))}`,
    `(95 %: ${percent(interval[0])} to ${percent(interval[1])})`,
    ` loss ${loss.toFixed(4)}`,
    ` ${count(wrong)} of ${count(n)} wrong`,
  ];
  const line = parts.join(" ");
  const lines = visibleLength(line) <= columns ? [line] : parts.map((part) => part.trimStart());
  return `${lines.join("\n")}\n`;
}

function summary(evaluation: Evaluation, { style: { dim }, columns }: Layout): string {
  const { agreement, calibration, coverageAtError, curves, topK } = evaluation;
  const { macro, micro } = curves;
  const coefficient = (name: "matthewsCorrelation" | "cohensKappa"): string =>
    agreement.undefinedRatios.includes(name) ? NO_FIGURE : figure(agreement[name]);
  const lines: [string, string[]][] = [
    ["top-k accuracy", topK.map(({ k, accuracy }) => `k = ${k}: ${percent(accuracy)}`)],
    [
      "agreement",
      [
        `Matthews correlation ${coefficient("matthewsCorrelation")}`,
        `Cohen's kappa ${coefficient("cohensKappa")}`,
      ],
    ],
    ["ROC AUC", averages(macro.roc?.area, micro.roc?.area)],
    [
      "average precision",
      averages(macro.precisionRecall?.averagePrecision, micro.precisionRecall?.averagePrecision),
    ],
    [
      "calibration",
      [
        `ECE ${percent(calibration.expectedCalibrationError)}`,
        `NLL ${calibration.negativeLogLikelihood.toFixed(4)}`,
        `Brier score ${calibration.brierScore.toFixed(4)}`,
      ],
    ],
    [
      "coverage",
      coverageAtError.map(
        ({ maxError, coverage }) =>
          `${percent(coverage)} at ${Number((100 * maxError).toPrecision(3))} % error`,
      ),
    ],
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  const rows = lines.flatMap(([name, figures]) => {
    const together = figures.join("   ");
    // Where there is no room beside each other the figures go below each other.
    const cells = width + together.length <= columns ? [together] : figures;
    return cells.map((cell, i) => [i === 0 ? dim(name) : "", cell]);
  });
  return formatTable(
    rows.filter(([, cell]) => cell !== ""),
    "ll",
  );
}

function averages(macro: number | undefined, micro: number | undefined): string[] {
  const text = (value: number | undefined) => (value === undefined ? NO_FIGURE : figure(value));
  return [`macro ${text(macro)}`, `micro ${text(micro)}`];
}
