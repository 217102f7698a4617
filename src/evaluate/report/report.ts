import type { Evaluation } from "../evaluate.js";
import type { Mistake } from "../worst-mistakes.js";
import { classTable } from "./class-table.js";
import { confusionTable } from "./confusion-table.js";
import { type CurvePoint, curves } from "./curves.js";
import { epochTable } from "./epoch-table.js";
import { fitVerdict, type SplitMeasure } from "./fit-verdict.js";
import { count, lossText, percent } from "./format.js";
import { html, type Markup } from "./html.js";
import { mistakeGrid } from "./mistake-grid.js";
import { reportStyle } from "./style.js";

/** All that a report shows; what is absent is left out of it. */
export interface Report {
  /** What was trained on what: `mlp on mnist`. */
  readonly title: string;
  /** One line below it: date, version, time taken. */
  readonly subtitle?: string;
  readonly evaluation: Evaluation;
  /** The images the evaluation is of: `test`. */
  readonly split: string;
  /** The same model on the images it learnt from. */
  readonly train?: SplitMeasure;
  readonly history?: readonly CurvePoint[];
  readonly mistakes?: readonly Mistake[];
  /** Names and values, as they should be read. */
  readonly configuration?: readonly (readonly [name: string, value: string])[];
}

/**
 * One HTML file that needs nothing else: no script, no font, no address. Reads well on a phone, in
 * the dark and on paper.
 */
export function renderReport(report: Report): string {
  const { title, subtitle, evaluation, split, train, history, mistakes, configuration } = report;
  const wrong = evaluation.n - Math.round(evaluation.accuracy * evaluation.n);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Inkling</title>
${reportStyle}
</head>
<body>
<main>
<header>
<h1>${title}</h1>
${subtitle === undefined ? undefined : html`<p class="quiet">${subtitle}</p>`}
</header>
${headline(evaluation, split)}
${train && section("Training and test", trainAndTest(train, evaluation, split))}
${history?.length ? section("Learning", html`${curves(history)}${epochTable(history)}`) : undefined}
${section("Confusion", confusionTable(evaluation))}
${section("Classes", classTable(evaluation))}
${
  mistakes &&
  section(
    "Worst mistakes",
    mistakes.length === 0
      ? html`<p>No image was misread.</p>`
      : html`<p class="quiet">${mistakes.length === wrong ? "All" : `The ${mistakes.length} surest of`} ${count(wrong)} misread images.</p>${mistakeGrid(mistakes)}`,
  )
}
${configuration && section("Configuration", configurationList(configuration))}
</main>
</body>
</html>
`;
  return page.text;
}

function section(title: string, content: Markup): Markup {
  return html`<section>
<h2>${title}</h2>
${content}
</section>`;
}

const lossNames: Readonly<Record<Evaluation["lossType"], string>> = {
  crossEntropy: "cross-entropy, nats",
  binaryCrossEntropy: "binary cross-entropy, nats",
  meanSquaredError: "mean squared error",
};

function headline(evaluation: Evaluation, split: string): Markup {
  const { n, accuracy, interval, loss, lossType, macro } = evaluation;
  const wrong = n - Math.round(accuracy * n);
  return html`<dl class="headline">
<div class="main"><dt>Accuracy on ${split}</dt><dd>${percent(accuracy)}</dd><dd class="quiet">95 % interval ${percent(interval[0])} to ${percent(interval[1])}</dd></div>
<div><dt>Misread</dt><dd>${count(wrong)}</dd><dd class="quiet">of ${count(n)} images</dd></div>
<div><dt>Loss</dt><dd>${lossText(loss)}</dd><dd class="quiet">${lossNames[lossType]}</dd></div>
<div><dt>F1</dt><dd>${macro.f1.toFixed(4)}</dd><dd class="quiet">macro average</dd></div>
</dl>`;
}

function trainAndTest(train: SplitMeasure, test: Evaluation, split: string): Markup {
  const verdict = fitVerdict(train, test);
  const row = (name: string, { n, loss, accuracy }: SplitMeasure): Markup =>
    html`<tr><th scope="row">${name}</th><td>${count(n)}</td><td>${lossText(loss)}</td><td>${percent(accuracy)}</td></tr>
`;
  return html`<div class="scroll"><table class="numbers">
<thead><tr><th scope="col">Split</th><th scope="col">Images</th><th scope="col">Loss</th><th scope="col">Accuracy</th></tr></thead>
<tbody>
${row("training", train)}${row(split, test)}</tbody>
</table></div>
<p class="verdict ${verdict.kind}">${verdict.text}</p>`;
}

function configurationList(entries: readonly (readonly [string, string])[]): Markup {
  return html`<dl class="configuration">
${entries.map(
  ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
)}</dl>`;
}
