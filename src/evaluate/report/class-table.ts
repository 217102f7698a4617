import type { Metrics } from "../metrics/class-metrics.js";
import type { Evaluation } from "../evaluate.js";
import { count } from "./format.js";
import { html, type Markup } from "./html.js";

/** Precision, recall, specificity and F1 of every class, and their three averages. */
export function classTable({ n, perClass, macro, weighted, micro }: Evaluation): Markup {
  return html`<div class="scroll"><table class="numbers">
<thead><tr><th scope="col">Class</th><th scope="col">Images</th><th scope="col">Precision</th><th scope="col"><abbr title="also called sensitivity">Recall</abbr></th><th scope="col">Specificity</th><th scope="col">F1</th></tr></thead>
<tbody>
${perClass.map((metrics) => row(metrics.label, metrics.support, metrics))}</tbody>
<tfoot>
${row("macro average", n, macro)}${row("weighted average", n, weighted)}${row("micro average", n, micro)}</tfoot>
</table></div>`;
}

function row(label: string, support: number, metrics: Metrics): Markup {
  const { precision, recall, specificity, f1 } = metrics;
  return html`<tr><th scope="row">${label}</th><td>${count(support)}</td>${[
    precision,
    recall,
    specificity,
    f1,
  ].map((value) => html`<td>${value.toFixed(4)}</td>`)}</tr>
`;
}
