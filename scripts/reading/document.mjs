import { percent, percentNumber } from "../../dist/base/index.js";

/** What the bundled models read, a part of `docs/results.md`, from the figures there are. */
export function readingDocument({ accuracy, refusals, wear, views, scenes, sources }) {
  return [
    introduction,
    accuracy && accuracySection(accuracy),
    refusals && refusalSection(refusals),
    wear && wearSection(wear),
    views && viewSection(views),
    scenes && sceneSection(scenes),
    sources && sourceSection(sources),
  ]
    .filter((section) => section !== undefined)
    .join("\n");
}

const introduction = `## What the bundled models read

Written by \`npm run bench:reading\`. No test image was learned from, and nothing was chosen by them. In
brackets: 95 % intervals (Wilson 1927).

\`digits\` has ten classes. \`letters\` has 26: a capital counts as its small letter. \`characters\` has
EMNIST's 47: the small letters c i j k l m o p s u v w x y z, which look like their capitals, count as
these. The labels of unipen are taken as they are, wrong ones included; 0 and O, 1, I and l are as their writers meant
them, though many cannot be told apart. Beside it stands the accuracy without the images found to be labelled
wrongly, or to lack the dot or bar that would tell them, by looking at the mistakes of which the models were surest
(\`scripts/reading/wrong-labels.mjs\` names them).
`;

const between = ([low, high]) => `${percentNumber2(low)} – ${percentNumber2(high)}`;
const percentNumber2 = (share) => (100 * share).toFixed(2);

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

function accuracySection(rows) {
  return `### Test sets

Calibration is the expected calibration error of the confidences (15 bins). Answered is what is left where
the model refuses what it is not sure of, at the threshold it was given on images held out.

${table(
  [
    "model",
    "test images of",
    "n",
    "accuracy",
    "without wrong labels",
    "calibration error",
    "answered",
    "wrong of these",
  ],
  rows.map(({ model, data, n, accuracy, interval, ece, coverage, errorAnswered, ...own }) => [
    `\`${model}\``,
    data.split(":")[1],
    n,
    `${percent(accuracy)} (${between(interval)})`,
    own.unfit ? `${percent(own.accuracyWithout)} (${own.unfit} left out)` : "–",
    percent(ece),
    percent(coverage),
    percent(errorAnswered),
  ]),
)}`;
}

function refusalSection({ digits, rows }) {
  return `### What is no digit

The chance that a digit scores above what is none (area under the ROC curve), by the confidence of the
answer, which is what \`inkling read\` goes by, by the greatest logit and by the energy. At the model's threshold
${percent(digits.refused)} of ${digits.n} digits of both test sets are refused.

${table(
  ["against", "n", "by confidence", "by greatest logit", "by energy", "refused"],
  rows.map(({ name, n, confidence, greatestLogit, energy, refused }) => [
    name,
    n,
    confidence.toFixed(4),
    greatestLogit.toFixed(4),
    energy.toFixed(4),
    percent(refused),
  ]),
)}`;
}

function wearSection({ rows, mean }) {
  return `### Corrupted copies of MNIST's test images

Accuracy of \`digits\` in percent, by strength; ${percent(mean)} on average.

${table(
  ["corruption", "1", "2", "3", "4", "5", "mean"],
  rows.map(({ corruption, what, cells, mean: own }) => [
    `${corruption}: ${what}`,
    ...cells.map((cell) => percentNumber(cell.accuracy)),
    percentNumber(own),
  ]),
)}`;
}

function viewSection(rows) {
  const readRight = ({ n, right }) => `${right} of ${n}`;
  return `### Several looks at an image

What \`digits\` reads where it looks at an image several times and the probabilities are averaged. It does not pay:
\`inkling read\` looks once.

${table(
  ["looks", "number", "mnist", "unipen"],
  rows.map(({ name, looks, mnist, unipen }) => [name, looks, readRight(mnist), readRight(unipen)]),
)}`;
}

function sceneSection({ all, rows }) {
  return `### Drawn photographs

Digits of unipen's test writers and synthetic ones, as photographed, scanned or drawn, with known truth:
${all.right} of ${all.n} right, ${percent(all.right / all.n)} (${between(all.interval)}). ${percent(all.sure / all.n)} were answered for sure, ${percent(all.sureWrong / Math.max(1, all.sure))} of these wrong.

${table(
  ["kind", "n", "right", "answered for sure", "wrong of these"],
  rows.map(({ kind, n, right, sure, sureWrong }) => [
    kind,
    n,
    percent(right / n),
    percent(sure / n),
    percent(sureWrong / Math.max(1, sure)),
  ]),
)}`;
}

function sourceSection(rows) {
  return `### Learned from one source, tried on another

The network of \`digits\`, trained briefly on one source alone, on the test images of the other: nearest to
the ink of strangers.

${table(
  ["learned from", "augmentation", "images seen", "test images of", "accuracy"],
  rows.map(({ data, deformed, images, other, accuracy, interval }) => [
    data.split(":")[1],
    deformed,
    images,
    other.split(":")[1],
    `${percent(accuracy)} (${between(interval)})`,
  ]),
)}`;
}
