import type { ModelDescription, Weights } from "../../nn/index.js";
import type { Evaluation } from "../evaluate.js";
import { fitVerdict, type SplitMeasure } from "../fit-verdict.js";
import { capitalized, count, lossText, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { sheetStyle } from "../page/image-sheet.js";
import { page, section } from "../page/page.js";
import { scrollable } from "../page/scrollable.js";
import type { Answers } from "../readings.js";
import type { Robustness } from "../robustness/robustness.js";
import { type CorruptionSamples, robustnessTable } from "../robustness/robustness-table.js";
import { activationCharts, activationCurves } from "./activation-charts.js";
import { classTable } from "./class-table.js";
import { confidenceCharts } from "./confidence-charts.js";
import { confusionTable } from "./confusion-table.js";
import { type CurvePoint, curves } from "./curves.js";
import { epochTable } from "./epoch-table.js";
import { figuresList, furtherFigures } from "./figures-list.js";
import { imageSections } from "./image-list.js";
import { layerTable } from "./layer-table.js";
import { rankingCharts } from "./ranking-charts.js";
import { type ReportImages, reportImages } from "./report-images.js";
import { unitWeights } from "./unit-weights.js";
import { weightGallery, weightPictures } from "./weight-pictures.js";

/** All that a report shows; what is absent is left out of it. */
export interface Report {
  /** What was trained on what: `mlp on mnist`. */
  readonly title: string;
  /** One line below it: date, version, time taken. */
  readonly subtitle?: string;
  readonly evaluation: Evaluation;
  /** The part of the data the evaluation is of: `test`. */
  readonly split: string;
  /** Its images, where they are some, and the answers, `[set.count, classes]`. */
  readonly answers?: Answers;
  /** The network that gave them. */
  readonly network?: { readonly model: ModelDescription; readonly weights: Weights };
  /** Accuracy under corruptions of those images, and what they make of one of them. */
  readonly robustness?: { readonly measured: Robustness; readonly samples: CorruptionSamples };
  /** The same model on what it learnt from. */
  readonly train?: SplitMeasure;
  readonly history?: readonly CurvePoint[];
  /** Names and values, as they should be read. */
  readonly configuration?: readonly (readonly [name: string, value: string])[];
}

/**
 * One HTML file that needs nothing else: no script, no font, no address. Reads well on a phone, in
 * the dark and on paper.
 */
export async function renderReport(report: Report): Promise<string> {
  const { title, subtitle, evaluation, split, answers, network, train, history } = report;
  const images = answers && (await reportImages(answers, report.robustness));
  const sections = [
    train && section("Training and test", trainAndTest(train, evaluation, split)),
    history?.length
      ? section("Learning", html`${curves(history)}${epochTable(history)}`)
      : undefined,
    section("Confusion", confusionTable(evaluation, images)),
    section("Classes", html`${classTable(evaluation)}${furtherFigures(evaluation)}`),
    section("Confidence", html`${confidenceCharts(evaluation)}${rankingCharts(evaluation)}`),
    images &&
      report.robustness &&
      section("Robustness", robustnessSection(report.robustness, images)),
    images && section("Images", imageSections(images)),
    network && section("Network", await networkSection(network, evaluation)),
    report.configuration && section("Configuration", figuresList(report.configuration)),
  ];
  return page({
    title,
    subtitle,
    style: images && sheetStyle(images.sheet),
    headline: headline(evaluation, split),
    sections: sections.filter((part) => part !== undefined),
  });
}

function robustnessSection(
  { measured, samples }: NonNullable<Report["robustness"]>,
  { sheet, first }: ReportImages,
): Markup {
  const models = [{ name: "", robustness: measured }];
  return robustnessTable(models, { samples, sheet, first });
}

/** Layers and their arrays, what the first units look for, the nonlinearities. */
async function networkSection(
  { model, weights }: NonNullable<Report["network"]>,
  { perClass }: Evaluation,
): Promise<Markup> {
  const units = unitWeights(model, weights);
  const labels = perClass.map(({ label }) => label);
  const pictured =
    units &&
    html`<h3>First-layer weights</h3>
${weightGallery(await weightPictures(units), units.isLast ? labels : undefined)}`;
  const drawn = activationCurves(model, labels.length);
  return html`${layerTable(model, weights)}
${pictured}
${drawn.length > 0 ? html`<h3>Activation functions and their derivatives</h3>${activationCharts(drawn, labels.length)}` : undefined}`;
}

const lossNames: Readonly<Record<Evaluation["lossType"], string>> = {
  crossEntropy: "cross-entropy, nats",
  binaryCrossEntropy: "binary cross-entropy, nats",
  meanSquaredError: "mean squared error",
};

function headline(evaluation: Evaluation, split: string): Markup {
  const { n, samples, accuracy, interval, loss, lossType, macro } = evaluation;
  const wrong = n - Math.round(accuracy * n);
  return html`<dl class="headline">
<div class="main"><dt>Accuracy on ${split}</dt><dd>${percent(accuracy)}</dd><dd class="quiet">95 % interval ${percent(interval[0])} to ${percent(interval[1])}</dd></div>
<div><dt>Misread</dt><dd>${count(wrong)}</dd><dd class="quiet">of ${count(n)} ${samples}</dd></div>
<div><dt>Loss</dt><dd>${lossText(loss)}</dd><dd class="quiet">${lossNames[lossType]}</dd></div>
<div><dt>F1</dt><dd>${macro.f1.toFixed(4)}</dd><dd class="quiet">macro average</dd></div>
</dl>`;
}

function trainAndTest(train: SplitMeasure, test: Evaluation, split: string): Markup {
  const verdict = fitVerdict(train, test, test.samples);
  const row = (name: string, { n, loss, accuracy }: SplitMeasure): Markup =>
    html`<tr><th scope="row">${name}</th><td>${count(n)}</td><td>${lossText(loss)}</td><td>${percent(accuracy)}</td></tr>
`;
  return html`${scrollable(
    "Loss and accuracy by split",
    html`<table class="numbers">
<thead><tr><th scope="col">Split</th><th scope="col">${capitalized(test.samples)}</th><th scope="col">Loss</th><th scope="col">Accuracy</th></tr></thead>
<tbody>
${row("training", train)}${row(split, test)}</tbody>
</table>`,
  )}
<p class="verdict ${verdict.kind}">${verdict.text}</p>`;
}
