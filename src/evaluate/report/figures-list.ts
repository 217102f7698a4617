import type { Evaluation } from "../evaluate.js";
import { lossText, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";

/** Names and values in two columns. */
export function figuresList(entries: readonly (readonly [name: string, value: string])[]): Markup {
  return html`<dl class="configuration">
${entries.map(
  ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
)}</dl>`;
}

/** What the other sections do not show: agreement beyond chance, top-k, calibration. */
export function furtherFigures({ agreement, topK, calibration }: Evaluation): Markup {
  const beyondChance = (ratio: "matthewsCorrelation" | "cohensKappa"): string =>
    agreement.undefinedRatios.includes(ratio) ? "–" : agreement[ratio].toFixed(4);
  return figuresList([
    ["Matthews correlation", beyondChance("matthewsCorrelation")],
    ["Cohen’s kappa", beyondChance("cohensKappa")],
    ...topK.map(({ k, accuracy }) => [`Label among the first ${k}`, percent(accuracy)] as const),
    ["Negative log-likelihood", lossText(calibration.negativeLogLikelihood)],
    ["Brier score", lossText(calibration.brierScore)],
    ["Expected calibration error", percent(calibration.expectedCalibrationError)],
  ]);
}
