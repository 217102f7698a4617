import { lossText, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { scrollable } from "../page/scrollable.js";
import type { CurvePoint } from "./curves.js";

/** The numbers behind the curves, folded away. */
export function epochTable(history: readonly CurvePoint[]): Markup {
  const validated = history.some(({ validation }) => validation !== undefined);
  const head = validated
    ? html`<th scope="col">Validation loss</th><th scope="col">Validation accuracy</th>`
    : undefined;
  return html`<details><summary>The numbers of each epoch</summary>
${scrollable(
  "Epochs",
  html`<table class="numbers">
<thead><tr><th scope="col">Epoch</th><th scope="col">Loss</th><th scope="col">Accuracy</th>${head}</tr></thead>
<tbody>
${history.map(
  ({
    epoch,
    loss,
    accuracy,
    validation,
  }) => html`<tr><th scope="row">${epoch}</th><td>${lossText(loss)}</td><td>${percent(accuracy)}</td>${
    validation &&
    html`<td>${lossText(validation.loss)}</td><td>${percent(validation.accuracy)}</td>`
  }</tr>
`,
)}</tbody>
</table>`,
)}</details>`;
}
