import { type Cell, csv } from "../csv.js";
import { type Answers, allReadings, charactersAlone } from "../readings.js";
import type { Robustness } from "../robustness/robustness.js";
import { activationCurves } from "./activation-charts.js";
import type { CurvePoint } from "./curves.js";
import { evaluationFiles } from "./evaluation-files.js";
import { weightSummaries } from "./layer-table.js";
import type { Report } from "./report.js";
import { unitWeights } from "./unit-weights.js";

/**
 * What the pictures of a report show, by file name: the files of {@link evaluationFiles}, and as CSV
 *
 * - `epochs.csv`: loss and accuracy by epoch
 * - `readings.csv`: every image with its label, the answer and its confidence
 * - `robustness.csv`: accuracy under each corruption at each strength, with its 95 % interval
 * - `weights.csv`: shape, mean, standard deviation and extremes of each array of the network
 * - `first-layer-weights.csv`: one row a unit and channel, one column a pixel or tap, named `row:column`
 * - `activations.csv`: the nonlinearities and their derivatives at each x drawn
 */
export function reportData(report: Report): ReadonlyMap<string, string> {
  const { history, answers, network, evaluation, robustness } = report;
  const files = new Map(evaluationFiles(evaluation));
  if (history?.length) files.set("epochs.csv", csv(epochRows(history)));
  if (answers) files.set("readings.csv", csv(readingRows(answers)));
  if (robustness) files.set("robustness.csv", csv(robustnessRows(robustness.measured)));
  if (network) {
    files.set("weights.csv", csv(weightRows(network)));
    files.set("activations.csv", csv(activationRows(network, evaluation.perClass.length)));
    const units = unitRows(network);
    if (units) files.set("first-layer-weights.csv", csv(units));
  }
  return files;
}

function epochRows(history: readonly CurvePoint[]): Cell[][] {
  return [
    ["epoch", "loss", "accuracy", "validation_loss", "validation_accuracy"],
    ...history.map(({ epoch, loss, accuracy, validation }) => [
      epoch,
      loss,
      accuracy,
      validation?.loss ?? null,
      validation?.accuracy ?? null,
    ]),
  ];
}

function readingRows(answers: Answers): Cell[][] {
  const { set, logits } = charactersAlone(answers);
  return [
    ["image", "actual", "predicted", "confidence"],
    ...allReadings(set, logits).map(({ index, actual, predicted, confidence }) => [
      index,
      actual,
      predicted,
      Number(confidence.toPrecision(6)),
    ]),
  ];
}

function robustnessRows({ rows }: Robustness): Cell[][] {
  return [
    ["corruption", "strength", "unit", "accuracy", "low", "high"],
    ...rows.flatMap(({ corruption, unit, cells }) =>
      cells.map(({ strength, accuracy, interval }) => [
        corruption,
        strength,
        unit,
        accuracy,
        ...interval,
      ]),
    ),
  ];
}

function weightRows({ weights }: NonNullable<Report["network"]>): Cell[][] {
  return [
    ["array", "shape", "mean", "standard_deviation", "least", "most"],
    ...weightSummaries(weights).map(({ name, shape, mean, spread, least, most }) => [
      name,
      shape.join("x"),
      mean,
      spread,
      least,
      most,
    ]),
  ];
}

function activationRows({ model }: NonNullable<Report["network"]>, classes: number): Cell[][] {
  return [
    ["activation", "x", "value", "derivative"],
    ...activationCurves(model, classes).flatMap(({ name, points }) =>
      points.map((point) => [name, ...point]),
    ),
  ];
}

function unitRows({ model, weights }: NonNullable<Report["network"]>): Cell[][] | undefined {
  const units = unitWeights(model, weights);
  if (units === undefined) return undefined;
  const { width, images } = units;
  const places = Array.from(images[0].values, (_, i) => `${Math.floor(i / width)}:${i % width}`);
  return [
    ["unit", "channel", ...places],
    ...images.map(({ unit, channel, values }) => [unit, channel, ...values]),
  ];
}
