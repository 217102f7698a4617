import {
  averageAnswers,
  type Evaluation,
  evaluate,
  meanAndSpread,
  type Spread,
  wilsonInterval,
} from "../evaluate/index.js";
import type { Member } from "./several-trainings.js";
import { count, percent } from "./terminal/format.js";
import { formatTable } from "./terminal/table.js";

/** What several trainings come to; plain data. */
export interface SeveralSummary {
  readonly trainings: readonly TrainingFigures[];
  readonly train: SplitSummary;
  /** Of the images held out: the test set, or the folds. */
  readonly test: SplitSummary | null;
  /** All images, each answered by the net that did not learn from it; after cross-validation only. */
  readonly crossValidated: Share | null;
  /** The same test images answered by all nets together, their probabilities averaged. */
  readonly ensemble: (Share & Pick<Evaluation, "loss">) | null;
}

interface TrainingFigures {
  readonly run: string;
  readonly seed: number;
  readonly fold: number | null;
  readonly seconds: number;
  readonly train: SplitFigures;
  readonly test: SplitFigures | null;
}

interface SplitFigures extends Pick<Evaluation, "n" | "accuracy" | "loss"> {
  readonly wrong: number;
}

interface SplitSummary {
  readonly accuracy: Spread;
  readonly loss: Spread;
  readonly wrong: Spread;
}

/** A share of n images, with its 95 % interval. */
interface Share extends Pick<Evaluation, "n" | "accuracy" | "interval"> {
  readonly wrong: number;
}

/** Brings the figures of all trainings together. */
export function summarizeSeveral(members: readonly Member[]): SeveralSummary {
  const trainings = members.map(({ run, seed, fold, seconds, trained, tested }) => ({
    run,
    seed,
    fold: fold?.fold ?? null,
    seconds,
    train: figures(trained),
    test: tested ? figures(tested.evaluation) : null,
  }));
  const test = trainings.flatMap((training) => training.test ?? []);
  const folded = members.some(({ fold }) => fold !== undefined);
  return {
    trainings,
    train: summary(trainings.map(({ train }) => train)),
    test: test.length > 0 ? summary(test) : null,
    crossValidated: folded ? pooled(test, new Set(members.map(({ seed }) => seed)).size) : null,
    ensemble: folded || members.length < 2 ? null : ensemble(members),
  };
}

/** A row a training and the figures of all, for people. */
export function severalText({ trainings, train, test, ...rest }: SeveralSummary): string {
  const rows = trainings.map(({ seed, fold, train, test, seconds }) => [
    `seed ${seed}${fold === null ? "" : `, fold ${fold}`}`,
    ...splitCells(train),
    ...(test ? splitCells(test) : ["–", "–", "–"]),
    `${seconds.toFixed(1)} s`,
  ]);
  const heading = ["net", "training", "wrong", "loss", "held out", "wrong", "loss", "time"];
  const lines = [
    ["training", spreadText(train)],
    ...(test ? [["held out", spreadText(test)]] : []),
    ...(rest.crossValidated ? [["cross-validated", shareText(rest.crossValidated)]] : []),
    ...(rest.ensemble ? [["all together", shareText(rest.ensemble)]] : []),
  ];
  const kept = `kept in ${trainings[0]?.run} to ${trainings.at(-1)?.run}\n`;
  return `${formatTable([heading, ...rows], "lrrrrrrr")}\n${formatTable(lines, "ll")}${kept}`;
}

function splitCells({ accuracy, wrong, loss }: SplitFigures): string[] {
  return [percent(accuracy), count(wrong), loss.toFixed(4)];
}

function spreadText({ accuracy, loss }: SplitSummary): string {
  const range = `${percent(accuracy.min)} – ${percent(accuracy.max)}`;
  return `accuracy ${percent(accuracy.mean)} (${range}), loss ${loss.mean.toFixed(4)}`;
}

function shareText({ n, accuracy, wrong, interval }: Share): string {
  const range = `95 % interval ${percent(interval[0])} – ${percent(interval[1])}`;
  return `accuracy ${percent(accuracy)} (${range}), ${count(wrong)} of ${count(n)} wrong`;
}

function figures({ n, accuracy, loss }: Evaluation): SplitFigures {
  return { n, accuracy, loss, wrong: Math.round(n * (1 - accuracy)) };
}

function summary(splits: readonly SplitFigures[]): SplitSummary {
  return {
    accuracy: meanAndSpread(splits.map(({ accuracy }) => accuracy)),
    loss: meanAndSpread(splits.map(({ loss }) => loss)),
    wrong: meanAndSpread(splits.map(({ wrong }) => wrong)),
  };
}

/** Repeated with other seeds the images stay the same ones: `n` counts each once. */
function pooled(splits: readonly SplitFigures[], repeats: number): Share {
  const n = splits.reduce((sum, split) => sum + split.n, 0) / repeats;
  const wrong = splits.reduce((sum, split) => sum + split.wrong, 0) / repeats;
  return { n, wrong, accuracy: (n - wrong) / n, interval: wilsonInterval(n - wrong, n) };
}

/** All members were measured on the same test images; `null` where there are none, or no probabilities. */
function ensemble(members: readonly Member[]): SeveralSummary["ensemble"] {
  const measured = members.flatMap(({ tested }) => tested ?? []);
  if (measured.length < members.length) return null;
  if (measured[0]!.evaluation.lossType !== "crossEntropy") return null;
  const { set } = measured[0]!;
  const logits = averageAnswers(
    measured.map(({ logits }) => logits),
    set.classes.length,
  );
  const { n, accuracy, interval, loss } = evaluate(logits, set);
  return { n, accuracy, interval, loss, wrong: Math.round(n * (1 - accuracy)) };
}
