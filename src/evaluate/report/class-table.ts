import type { Evaluation } from "../evaluate.js";
import type { Metrics, Ratio } from "../metrics/class-metrics.js";
import { capitalized, count } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { scrollable } from "../page/scrollable.js";

const COLUMNS: readonly { readonly ratio: Ratio; readonly name: string; readonly title: string }[] =
  [
    { ratio: "precision", name: "Precision", title: "TP / (TP + FP)" },
    { ratio: "recall", name: "Recall", title: "TP / (TP + FN), also called sensitivity" },
    { ratio: "specificity", name: "Specificity", title: "TN / (TN + FP)" },
    { ratio: "f1", name: "F1", title: "harmonic mean of precision and recall" },
    {
      ratio: "negativePredictiveValue",
      name: "NPV",
      title: "negative predictive value, TN / (TN + FN)",
    },
    { ratio: "falsePositiveRate", name: "FPR", title: "false-positive rate, FP / (FP + TN)" },
  ];

/** The figures of every class, one against the rest, and their three averages. */
export function classTable({ n, samples, perClass, macro, weighted, micro }: Evaluation): Markup {
  return scrollable(
    "Figures by class",
    html`<table class="numbers">
<thead><tr><th scope="col">Class</th><th scope="col">${capitalized(samples)}</th>${COLUMNS.map(({ name, title }) => html`<th scope="col"><abbr title="${title}">${name}</abbr></th>`)}</tr></thead>
<tbody>
${perClass.map((metrics) => row(metrics.label, metrics.support, metrics))}</tbody>
<tfoot>
${row("macro average", n, macro)}${row("weighted average", n, weighted)}${row("micro average", n, micro)}</tfoot>
</table>`,
  );
}

function row(label: string, support: number, metrics: Metrics): Markup {
  const cells = COLUMNS.map(({ ratio }) =>
    metrics.undefinedRatios.includes(ratio) ? "–" : metrics[ratio].toFixed(4),
  );
  return html`<tr><th scope="row">${label}</th><td>${count(support)}</td>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
}
