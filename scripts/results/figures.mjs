import { wasmBackend } from "../../dist/engine/index.js";
import {
  averageAnswers,
  evaluate,
  fitVerdict,
  meanAndSpread,
  predict,
  wilsonInterval,
} from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel, threadHost } from "../../dist/node/index.js";
import { recipe } from "../../dist/zoo/index.js";
import { finishedRun, jobsOf } from "./jobs.mjs";

/** What the runs of a row came to; undefined while one is missing. */
export function figuresOf(row, folder) {
  const jobs = jobsOf(row, folder);
  const runs = jobs.map(({ run }) => finishedRun(run));
  if (runs.includes(undefined)) return undefined;
  const { training } = runs[0].config.recipe;
  const test = runs.flatMap(({ result }) => result.test ?? []);
  return {
    row,
    runs,
    epochs: training.epochs,
    seconds: spreadOf(runs, ({ result }) => result.seconds).mean,
    train: splitFigures(runs.map(({ result }) => result.train)),
    test: test.length > 0 ? splitFigures(test) : undefined,
    crossValidated: row.folds ? pooled(test, row.seeds) : undefined,
    verdict: test.length > 0 ? verdictOf(runs) : undefined,
    finishedAt: runs
      .map(({ result }) => result.finishedAt)
      .sort()
      .at(-1),
  };
}

/** Whether a row's mean is what the work reports, or what is aimed at; undefined where neither is said. */
export function isReached({ row, train, test, crossValidated }) {
  const { reported = {} } = recipe(row.recipe);
  const pairs = [
    [(crossValidated ?? test)?.accuracy, row.aim],
    [test?.accuracy.mean, crossValidated ? undefined : reported.testAccuracy],
    [test?.loss.mean, reported.testLoss, "below"],
    [train.accuracy.mean, test ? undefined : reported.trainAccuracy],
  ].filter(([, wanted]) => wanted !== undefined);
  if (pairs.length === 0) return undefined;
  return pairs.every(([got, wanted, side]) => {
    const figure = typeof got === "object" ? got.mean : got;
    return side === "below" ? figure <= wanted : figure >= wanted;
  });
}

/** Means over the runs of what `inkling evaluate` tells of the test images. */
export async function testMetrics({ runs }, { dataDir, threads }) {
  const measured = [];
  for (const { evaluation } of await evaluations(runs, { dataDir, threads })) {
    measured.push(evaluation);
  }
  const mean = (pick) => spreadOf(measured, pick).mean;
  return {
    precision: mean(({ macro }) => macro.precision),
    recall: mean(({ macro }) => macro.recall),
    specificity: mean(({ macro }) => macro.specificity),
    f1: mean(({ macro }) => macro.f1),
  };
}

/** All nets of a row as one, their probabilities averaged. */
export async function togetherFigures({ runs }, options) {
  const measured = await evaluations(runs, options);
  const { set } = measured[0];
  const logits = averageAnswers(
    measured.map((member) => member.logits),
    set.classes.length,
  );
  return evaluate(logits, set);
}

async function evaluations(runs, { dataDir, threads }) {
  const backend = await wasmBackend({ threads, host: threadHost });
  const source = runs[0].config.data.source;
  const { test: set } = await loadDataSet(source, { dataDir, offline: true });
  const measured = [];
  for (const { run } of runs) {
    const { model, weights } = await loadModel(run);
    const logits = await predict(model, weights, set, { backend });
    measured.push({ set, logits, evaluation: evaluate(logits, set) });
  }
  return measured;
}

function splitFigures(splits) {
  return {
    n: splits[0].n,
    accuracy: spreadOf(splits, ({ accuracy }) => accuracy),
    loss: spreadOf(splits, ({ loss }) => loss),
    wrong: splits.map(({ n, accuracy }) => Math.round(n * (1 - accuracy))),
  };
}

/** Every image once, though it may have been answered with several seeds. */
function pooled(splits, seeds) {
  const n = splits.reduce((sum, split) => sum + split.n, 0) / seeds;
  const right = splits.reduce((sum, split) => sum + split.n * split.accuracy, 0) / seeds;
  return { n, accuracy: right / n, interval: wilsonInterval(right, n) };
}

/** Of the run in the middle: the one whose test accuracy is the median. */
function verdictOf(runs) {
  const sorted = [...runs].sort((a, b) => a.result.test.accuracy - b.result.test.accuracy);
  const { train, test } = sorted[Math.floor(sorted.length / 2)].result;
  return fitVerdict(train, test);
}

function spreadOf(items, pick) {
  return meanAndSpread(items.map(pick));
}
