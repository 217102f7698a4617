import { percent } from "../../dist/base/index.js";
import { meanAndSpread } from "../../dist/evaluate/index.js";

/** How models learn another hand, a part of `docs/results.md`, from the figures there are. */
export function adaptingDocument({ transfer, writers }) {
  return [introduction, transfer && transferSection(transfer), writers && writerSections(writers)]
    .filter((section) => section !== undefined)
    .join("\n");
}

const introduction = `## Learning a new hand

Written by \`npm run bench:adapt\`: what \`inkling adapt\` makes of the bundled models. Its settings were chosen on
writers of unipen's training set that the models had not learned from; test images had no say.
`;

const ways = {
  head: "`adapt digits --only head`",
  all: "`adapt digits --only all`",
  scratch: "the same network, from nothing",
};

function transferSection({ images, seeds, rows }) {
  return `### From digits to letters

The model \`digits\` taught 26 letters, capitals counted as small ones, in place of its digits: from so many examples of each out
of unipen's training set, drawn ${seeds} times. Share of the ${images} letters of its test set read right, mean, least and
greatest. From nothing the network sees 60,000 images or more, deformed anew each time as those of the other rows are; epochs, rate and
schedule were fixed beforehand. Seconds include those in which \`adapt\` measures itself.

${table(
  ["examples of a letter", "way", "accuracy", "seconds"],
  rows.map(({ amount, way, runs }) => [
    amount,
    ways[way],
    rangeText(runs.map(({ accuracy }) => accuracy)),
    mean(runs.map(({ seconds }) => seconds)).toFixed(1),
  ]),
)}`;
}

function writerSections({ seeds, rows }) {
  return `### Single writers

Every writer of unipen's test set with 20 characters or more: \`inkling adapt\` as it is, taught half of what the writer wrote (classes of
which that half has one example left out), measured on the other half; ${seeds} divisions each. The gain is that of a writer, the mean of the
divisions; its mean stands with its 95 % interval over the writers. Worse are writers of whom fewer characters
are read right than before, over both divisions.

${table(
  [
    "model",
    "writers",
    "examples",
    "before",
    "after",
    "mean gain, points",
    "least – greatest",
    "better",
    "worse",
    "seconds",
  ],
  rows.map(({ name, writers }) => {
    const runs = writers.flatMap((writer) => writer.runs);
    const gains = writers.map((writer) => mean(writer.runs.map(gainOf)));
    return [
      `\`${name}\``,
      writers.length,
      spanText(runs.map(({ examples }) => examples)),
      percent(sum(runs, "before") / sum(runs, "n")),
      percent(sum(runs, "after") / sum(runs, "n")),
      gainText(gains),
      spanText(gains, points),
      gains.filter((gain) => gain > 0).length,
      gains.filter((gain) => gain < 0).length,
      mean(runs.map(({ seconds }) => seconds)).toFixed(1),
    ];
  }),
)}
What the models knew, on the test images of their own sets, after the first division of each writer:

${table(
  ["model", "test images of", "n", "before", "after, mean", "least – greatest"],
  rows.map(({ name, known, oldImages, oldBefore, oldAfter }) => {
    const after = oldAfter.map((right) => right / oldImages);
    return [
      `\`${name}\``,
      known.split(":")[1],
      oldImages,
      percent(oldBefore / oldImages),
      percent(mean(after)),
      spanText(after, percent),
    ];
  }),
)}`;
}

const gainOf = ({ n, before, after }) => (after - before) / n;
const mean = (values) => meanAndSpread(values).mean;
const sum = (runs, key) => runs.reduce((total, run) => total + run[key], 0);
const points = (share) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(2)}`;

/** Mean, and in brackets least and greatest. */
function rangeText(shares) {
  return `${percent(mean(shares))} (${spanText(shares, percent)})`;
}

function spanText(values, text = String) {
  const { min, max } = meanAndSpread(values);
  return `${text(min)} – ${text(max)}`;
}

/** Mean ± 1.96 standard errors. */
function gainText(gains) {
  const { n, mean: centre, deviation } = meanAndSpread(gains);
  const half = (1.96 * deviation) / Math.sqrt(n);
  return `${points(centre)} (${points(centre - half)} – ${points(centre + half)})`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
