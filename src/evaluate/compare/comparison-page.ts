import type { ImageSet } from "../../data/index.js";
import { linearAxis } from "../page/axis.js";
import { count, lossText, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { type ImageSheet, imageSheet, sheetStyle, tile } from "../page/image-sheet.js";
import { lineChart, type Series } from "../page/line-chart.js";
import { page, section } from "../page/page.js";
import { scrollable } from "../page/scrollable.js";
import {
  type CorruptionSamples,
  robustnessTable,
  withSamples,
} from "../robustness/robustness-table.js";
import type { ComparedModel, ComparedPair, Comparison, Disagreement } from "./comparison.js";
import { byInterest } from "./disagreement-picture.js";
import { pText, signedPoints, thresholdsText } from "./explain-step.js";

/** Images on which models disagree that a page shows. */
const MAX_SHOWN = 200;
const COLOURS = ["blue", "orange", "green", "quiet"] as const;

/**
 * A comparison as one HTML file that needs nothing else.
 *
 * @param options.set - the images the models were compared on
 * @param options.samples - what the corruptions make of one image, where they were tried
 */
export async function renderComparison(
  comparison: Comparison,
  {
    title,
    subtitle,
    set,
    samples,
  }: {
    readonly title: string;
    readonly subtitle?: string;
    readonly set: ImageSet;
    readonly samples?: CorruptionSamples;
  },
): Promise<string> {
  const shown = byInterest(comparison.disagreements).slice(0, MAX_SHOWN);
  const sheet = await imageSheet(samples ? withSamples(set, samples) : set, [
    ...shown.map(({ index }) => index),
    ...(samples?.images ?? []).map((_, i) => set.count + i),
  ]);
  const { models, pairs, steps } = comparison;
  const tried = models.flatMap(({ name, robustness }) =>
    robustness ? [{ name, robustness }] : [],
  );
  const sections = [
    section("Models", modelTables(models)),
    section("Why", whyList(steps)),
    section("Pairs", pairTable(pairs)),
    section("Translation", translationChart(models)),
    ...(samples && tried.length > 0
      ? [section("Robustness", robustnessTable(tried, { samples, sheet, first: set.count }))]
      : []),
    section("Disagreements", disagreementList(comparison, shown, sheet)),
  ];
  return page({
    title,
    subtitle,
    style: sheetStyle(sheet),
    headline: headline(comparison),
    sections,
  });
}

function headline({ n, models, disagreements }: Comparison): Markup {
  const best = models.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  return html`<dl class="headline">
<div class="main"><dt>Most accurate: ${best.name}</dt><dd>${percent(best.accuracy)}</dd><dd class="quiet">95 % interval ${percent(best.interval[0])} to ${percent(best.interval[1])}</dd></div>
<div><dt>Models</dt><dd>${models.length}</dd><dd class="quiet">compared</dd></div>
<div><dt>Images</dt><dd>${count(n)}</dd><dd class="quiet">the same for all</dd></div>
<div><dt>Disagreed on</dt><dd>${count(disagreements.length)}</dd><dd class="quiet">${percent(disagreements.length / n)} of them</dd></div>
</dl>`;
}

function modelTables(models: readonly ComparedModel[]): Markup {
  const quality = html`<table class="numbers">
<thead><tr><th scope="col">Model</th><th scope="col">Accuracy</th><th scope="col">95 % interval</th><th scope="col">Misread</th><th scope="col">Loss</th><th scope="col">Training accuracy</th><th scope="col">Training loss</th></tr></thead>
<tbody>
${models.map(
  ({ name, n, accuracy, interval, loss, train }) =>
    html`<tr><th scope="row">${name}</th><td>${percent(accuracy)}</td><td>${percent(interval[0])} – ${percent(interval[1])}</td><td>${count(n - accuracy * n)}</td><td>${lossText(loss)}</td><td>${train ? percent(train.accuracy) : "–"}</td><td>${train ? lossText(train.loss) : "–"}</td></tr>
`,
)}</tbody>
</table>`;
  const cost = html`<table class="numbers">
<thead><tr><th scope="col">Model</th><th scope="col">Parameters</th><th scope="col">File</th><th scope="col">One image</th><th scope="col">In batches</th></tr></thead>
<tbody>
${models.map(
  ({ name, parameters, bytes, speed }) =>
    html`<tr><th scope="row">${name}</th><td>${count(parameters)}</td><td>${count(bytes / 1000)} kB</td><td>${speed.oneImageMs.toFixed(3)} ms</td><td>${count(1000 / speed.batchImageMs)} images/s</td></tr>
`,
)}</tbody>
</table>`;
  return html`${scrollable("Accuracy of the models", quality)}
<h3>Size and speed</h3>
${scrollable("Size and speed of the models", cost)}`;
}

function whyList(steps: Comparison["steps"]): Markup {
  return html`${steps.map(
    ({ from, to, sentences }) => html`<h3>${from} → ${to}</h3>
<ul class="sentences">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
`,
  )}<p class="quiet fine">${thresholdsText}</p>`;
}

function pairTable(pairs: readonly ComparedPair[]): Markup {
  const table = html`<table class="numbers">
<thead><tr><th scope="col">From, to</th><th scope="col">Accuracy</th><th scope="col">95 % interval</th><th scope="col">Fixed</th><th scope="col">Introduced</th><th scope="col">Both wrong</th><th scope="col">McNemar’s p</th></tr></thead>
<tbody>
${pairs.map(
  ({ first, second, accuracy, fixed, introduced, bothWrong, p }) =>
    html`<tr><th scope="row">${first} → ${second}</th><td>${signedPoints(accuracy.mean, "")}</td><td>${signedPoints(accuracy.low, "")} to ${signedPoints(accuracy.high, "")}</td><td>${count(fixed)}</td><td>${count(introduced)}</td><td>${count(bothWrong)}</td><td>${pText(p)}</td></tr>
`,
)}</tbody>
</table>`;
  return html`${scrollable("Pairs of models", table)}
<p class="note quiet">Differences in percentage points; intervals by paired bootstrap over the images; p by McNemar’s exact test, two-sided.</p>`;
}

function translationChart(models: readonly ComparedModel[]): Markup {
  const series = models.map(
    ({ name, accuracy, translation }, i): Series => ({
      name,
      style: COLOURS[i % COLOURS.length],
      dashed: i >= COLOURS.length,
      points: [
        [0, accuracy],
        ...translation.map((cell) => [cell.strength, cell.accuracy] as const),
      ],
      end: percent(translation[translation.length - 1].accuracy, 1),
      pointText: (px, share) => `${name}, moved by ${px} px: ${percent(share)}`,
    }),
  );
  const least = Math.min(...series.flatMap(({ points }) => points.map(([, share]) => share)));
  return lineChart({
    id: "translation",
    title: "Accuracy where images are moved",
    description: series.map(({ name, end }) => `${name} falls to ${end} at 5 px`).join(", "),
    x: { axis: linearAxis(0, 5, 5), name: "px up, down, left or right", format: String },
    y: { axis: linearAxis(least, 1, 5), format: (share) => `${Math.round(100 * share)}\u202f%` },
    series,
    size: { width: 840, height: 300 },
  });
}

function disagreementList(
  { models, disagreements }: Comparison,
  shown: readonly Disagreement[],
  sheet: ImageSheet,
): Markup {
  if (shown.length === 0) return html`<p>The models agree on every image.</p>`;
  const part =
    shown.length < disagreements.length
      ? `${shown.length} of ${count(disagreements.length)} images`
      : `All ${shown.length} images`;
  return html`<p class="quiet">${part}, those that most models misread first.</p>
<ul class="images wide">
${shown.map(
  ({ index, actual, readings }) =>
    html`<li>${tile(sheet, index)}<p>is <b class="is">${actual}</b> <span class="quiet">image ${index}</span></p>
<dl>${readings.map(({ predicted, confidence }, i) => html`<div class="${predicted === actual ? "right" : "wrong"}"><dt>${models[i].name}</dt><dd><b class="said">${predicted}</b> ${percent(confidence, 0)}</dd></div>`)}</dl></li>
`,
)}</ul>`;
}
