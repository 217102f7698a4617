import { existsSync } from "node:fs";
import { join } from "node:path";
import { answerProbabilities } from "../../dist/base/index.js";
import { evaluate, mostProbable, predict, predictedClasses } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel } from "../../dist/node/index.js";
import { wrongLabels } from "./wrong-labels.mjs";

/** Which test images each model is measured on. */
const campaign = [
  ["digits", "digits:mnist"],
  ["digits", "digits:unipen"],
  ["letters", "letters:unipen"],
  ["characters", "characters:unipen"],
  ["characters", "characters:mnist"],
];

/** Accuracy, calibration and what is refused, model by model and set by set. */
export async function measureAccuracy({ backend, dataDir, models, say }) {
  const rows = [];
  for (const [model, data] of campaign) {
    const path = join(models, `${model}.inkling`);
    if (!existsSync(path)) continue;
    const file = await loadModel(path);
    const { test } = await loadDataSet(data, { dataDir });
    const unfit = new Set(Object.values(wrongLabels[data] ?? {}).flat());
    const row = { model, data, ...(await accuracyOf(file, test, { backend, unfit })) };
    say(`${model} on ${data}: ${row.accuracy}`);
    rows.push(row);
  }
  return rows;
}

/** @param unfit - places of images whose label is wrong */
async function accuracyOf(file, set, { backend, unfit }) {
  const { classes, reading } = file;
  const raw = await predict(file.model, file.weights, set, { backend });
  const probabilities = answerProbabilities(raw, classes, reading);
  const answers = probabilities.length / set.count;
  const { n, accuracy, interval, calibration } = evaluate(logarithms(probabilities), {
    labels: set.labels,
    classes: set.classes,
  });
  const sure = mostProbable(probabilities, answers);
  const predicted = predictedClasses(probabilities, answers);
  const answered = Array.from(sure.keys()).filter((i) => sure[i] >= reading.threshold);
  const wrong = answered.filter((i) => predicted[i] !== set.labels[i]).length;
  const ece = calibration.expectedCalibrationError;
  const errorAnswered = wrong / Math.max(1, answered.length);
  const coverage = answered.length / n;
  const row = { n, accuracy, interval, ece, coverage, errorAnswered };
  if (unfit.size === 0) return row;
  const fit = Array.from(predicted.keys()).filter((i) => !unfit.has(i));
  const right = fit.filter((i) => predicted[i] === set.labels[i]).length;
  return { ...row, unfit: unfit.size, accuracyWithout: right / fit.length };
}

/** Logits whose softmax are these probabilities, brought to a sum of 1. */
function logarithms(probabilities) {
  return Float32Array.from(probabilities, (p) => Math.log(Math.max(p, 1e-30)));
}
