import {
  type ComparedModel,
  type ComparedPair,
  type Comparison,
  pText,
  signedPoints,
  thresholdsText,
} from "../evaluate/index.js";
import { bytes, count, percent, printable } from "./terminal/format.js";
import type { Layout } from "./terminal/layout.js";
import { formatTable } from "./terminal/table.js";
import { wrap } from "./terminal/wrap.js";

/** A comparison as a person reads it: the models, each pair, why, and what holds under shifts. */
export function comparisonText(comparison: Comparison, layout: Layout): string {
  const { models, pairs, steps, n, disagreements } = comparison;
  const { bold, dim } = layout.style;
  const blocks = [
    accuracies(models, layout),
    costs(models, layout),
    pairTable(pairs, layout),
    translation(models, layout),
    ...(models[0]!.robustness === null ? [] : [robustnessText(models, layout)]),
    ...steps.map(
      ({ from, to, sentences }) =>
        `${bold(`why: ${printable(from)} → ${printable(to)}`)}\n${sentences.map((sentence) => wrap(`- ${printable(sentence)}`, { columns: layout.columns, indent: 2 })).join("")}`,
    ),
    dim(wrap(thresholdsText, { columns: layout.columns }).trimEnd()),
    `\nthe models disagree on ${count(disagreements.length)} of ${count(n)} images\n`,
  ];
  return blocks.join("\n");
}

function accuracies(models: readonly ComparedModel[], { style: { dim } }: Layout): string {
  return formatTable(
    [
      ["model", "accuracy", "95 %", "wrong", "loss", "training"].map(dim),
      ...models.map(({ name, n, accuracy, interval, loss, train }) => [
        printable(name),
        percent(accuracy),
        `${percent(interval[0])} – ${percent(interval[1])}`,
        count(n - accuracy * n),
        loss.toFixed(4),
        train ? percent(train.accuracy) : "–",
      ]),
    ],
    "lrrrrr",
  );
}

function costs(models: readonly ComparedModel[], { style: { dim } }: Layout): string {
  return formatTable(
    [
      ["model", "parameters", "file", "one image", "in batches"].map(dim),
      ...models.map((model) => [
        printable(model.name),
        count(model.parameters),
        bytes(model.bytes),
        `${model.speed.oneImageMs.toFixed(3)} ms`,
        `${count(1000 / model.speed.batchImageMs)} images/s`,
      ]),
    ],
    "lrrrr",
  );
}

function pairTable(pairs: readonly ComparedPair[], { style: { dim } }: Layout): string {
  return formatTable(
    [
      ["pair", "points", "95 %", "fixed", "introduced", "McNemar p"].map(dim),
      ...pairs.map(({ first, second, accuracy, fixed, introduced, p }) => [
        printable(`${first} → ${second}`),
        signedPoints(accuracy.mean, ""),
        `${signedPoints(accuracy.low, "")} to ${signedPoints(accuracy.high, "")}`,
        count(fixed),
        count(introduced),
        pText(p),
      ]),
    ],
    "lrrrrr",
  );
}

function translation(models: readonly ComparedModel[], { style: { dim } }: Layout): string {
  const steps = models[0]!.translation.map(({ strength }) => `${strength} px`);
  return formatTable(
    [
      ["moved by", "0 px", ...steps].map(dim),
      ...models.map((model) => [
        printable(model.name),
        percent(model.accuracy, 1),
        ...model.translation.map(({ accuracy }) => percent(accuracy, 1)),
      ]),
    ],
    `l${"r".repeat(steps.length + 1)}`,
  );
}

/** A table a model: corruptions by strength. */
export function robustnessText(
  models: readonly Pick<ComparedModel, "name" | "robustness">[],
  { style: { dim } }: Layout,
): string {
  return models
    .map(({ name, robustness: measured }) => {
      const rows = (measured?.rows ?? []).map(({ corruption, cells, mean }) => [
        corruption,
        ...cells.map(({ accuracy }) => percent(accuracy, 1)),
        percent(mean, 1),
      ]);
      const head = [printable(name), "1", "2", "3", "4", "5", "mean"].map(dim);
      const last = ["all", "", "", "", "", "", percent(measured?.mean ?? 0, 1)];
      return formatTable([head, ...rows, last], "lrrrrrr");
    })
    .join("\n");
}
