import { pairedPermutationTest } from "../../dist/evaluate/index.js";
import { curvesSvg } from "./curves-svg.mjs";

/** Above this p a difference is put down to chance. */
const LEVEL = 0.05;
/**
 * Losses of two backends may differ by this share, accuracies by this number of images. Where rounding puts a
 * number on the other side of a kink, as of ReLU, thousands of steps make that a difference in the third digit.
 */
const TOLERANCE = { loss: 5e-3, images: 20 };
const EPOCHS_SHOWN = [1, 2, 5, 10, 15, 20];

/** The picture of how each activation learned, for `docs/images/`. */
export function activationCurves(figures) {
  const lines = figures.filter(({ row }) => row.sameAs === undefined).flatMap(curvesOf);
  // The first epoch begins with guessing: the room above what comes after it tells nothing.
  const later = lines.flatMap(({ values }) => values.slice(1));
  // Quarters of it are whole percents.
  const top = Math.min(1, Math.ceil(25 * Math.max(...later, 0.04)) / 25);
  return curvesSvg(lines, { title: "Images read wrongly after each epoch", top });
}

/** Which activation is best, how sure that is, how each learned, and whether both backends agree. */
export function compareActivations(figures, { picture }) {
  const ranked = figures
    .filter(({ row }) => row.sameAs === undefined)
    .sort((a, b) => errorOf(a) - errorOf(b));
  const same = figures.filter(({ row }) => row.sameAs !== undefined);
  return [
    ...errorTable(ranked),
    "",
    ...ranked.slice(1).map((other) => significance(ranked[0], other)),
    "",
    "Share of images read wrongly after each epoch, while learning (dashed) and of the images held back; means over the seeds:",
    "",
    `![Images read wrongly after each epoch](${picture})`,
    "",
    ...curveTable(ranked),
    "",
    ...agreementTable(same, figures),
    ...(same.length > 0 ? [""] : []),
  ];
}

function errorOf({ test }) {
  return 1 - test.accuracy.mean;
}

function errorTable(ranked) {
  return [
    "| activation | wrong of the images learned from | wrong of the test images | least – greatest |",
    "| --- | --- | --- | --- |",
    ...ranked.map(({ row, train, test }) => {
      const range = `${percent(1 - test.accuracy.max)} – ${percent(1 - test.accuracy.min)}`;
      return `| ${activationOf(row)} | ${percent(1 - train.accuracy.mean)} | ${percent(errorOf({ test }))} | ${range} |`;
    }),
  ];
}

function significance(best, other) {
  const accuracies = ({ runs }) => runs.map(({ result }) => result.test.accuracy);
  const p = pairedPermutationTest(accuracies(best), accuracies(other));
  const points = (100 * (errorOf(other) - errorOf(best))).toFixed(2);
  const names = `${activationOf(best.row)} and ${activationOf(other.row)}`;
  const verdict =
    p <= LEVEL
      ? `${activationOf(best.row)} is better on this data, by ${points} percentage points`
      : `the ${points} percentage points between them may be chance`;
  const how = `exact permutation test over ${best.runs.length} seeds, p = ${p.toPrecision(2)}`;
  return `- ${names}: ${verdict} (${how}).`;
}

function curveTable(ranked) {
  const epochs = EPOCHS_SHOWN.filter((epoch) => epoch <= ranked[0].epochs);
  const rows = ranked.flatMap(curvesOf).map(({ name, values, dashed }) => {
    const cells = epochs.map((epoch) => percent(values[epoch - 1]));
    return `| ${name}, ${dashed ? "learning" : "held back"} | ${cells.join(" | ")} |`;
  });
  return [
    `| epoch | ${epochs.join(" | ")} |`,
    `| --- | ${epochs.map(() => "---").join(" | ")} |`,
    ...rows,
  ];
}

/** Shares read wrongly after each epoch, means over the runs: while learning, and of images held back. */
function curvesOf({ row, runs, epochs }) {
  const name = activationOf(row);
  const meanOf = (pick) =>
    Array.from({ length: epochs }, (_, i) => {
      const sum = runs.reduce((sum, { history }) => sum + 1 - pick(history[i]), 0);
      return sum / runs.length;
    });
  const learning = { name, values: meanOf(({ accuracy }) => accuracy), dashed: true };
  const validated = runs.every(({ history }) => history[0].validation !== undefined);
  if (!validated) return [learning];
  const held = meanOf(({ validation }) => validation.accuracy);
  return [learning, { name, values: held, dashed: false }];
}

function agreementTable(same, figures) {
  if (same.length === 0) return [];
  const rows = same.map((reference) => {
    const wasm = figures.find(({ row }) => row.name === reference.row.sameAs);
    const [ours, theirs] = [wasm, reference].map(({ runs }) => runs[0].result.test);
    const loss = Math.abs(ours.loss - theirs.loss);
    const images = Math.round(Math.abs(ours.accuracy - theirs.accuracy) * ours.n);
    const agrees = loss <= TOLERANCE.loss * theirs.loss && images <= TOLERANCE.images;
    const cells = [theirs.loss.toFixed(6), ours.loss.toFixed(6), loss.toExponential(1), images];
    return `| ${activationOf(reference.row)} | ${cells.join(" | ")} | ${agrees ? "yes" : "NO"} |`;
  });
  return [
    `The same training on the \`reference\` backend, in float64 and plain loops, and on \`wasm\` in float32, seed 1. They agree where the losses differ by at most ${100 * TOLERANCE.loss} % and the accuracies by at most ${TOLERANCE.images} images:`,
    "",
    "| activation | test loss, reference | test loss, wasm | difference | images read otherwise in sum | agree |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function activationOf({ recipe }) {
  return recipe.replace(/-\d+$/, "");
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
