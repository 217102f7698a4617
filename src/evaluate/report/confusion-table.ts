import type { Evaluation } from "../evaluate.js";
import { count, percent } from "./format.js";
import { html, type Markup } from "./html.js";

/** Above this many classes the colours alone are shown; the numbers appear under the pointer. */
const MAX_NUMBERED = 30;

/**
 * The confusion matrix as a table whose cells are coloured: right answers blue by their share of
 * the class, mistakes red by the square root of theirs, so that rare ones still show.
 */
export function confusionTable({ confusion, perClass }: Evaluation): Markup {
  const labels = perClass.map(({ label }) => label);
  const mistakes = confusion.map((row, k) => row.map((n, j) => (j === k ? 0 : n)));
  const worst = Math.max(1, ...mistakes.flat());
  return html`<div class="scroll"><table class="confusion${labels.length > MAX_NUMBERED ? " many" : undefined}">
<caption>Rows: what it is. Columns: what the model said. Numbers of images; blue is right, red is wrong.</caption>
<thead><tr><td></td>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${confusion.map(
  (row, k) => html`<tr><th scope="row">${labels[k]}</th>${row.map((n, j) => {
    const support = perClass[k].support;
    const strength = j === k ? (support === 0 ? 0 : n / support) : Math.sqrt(n / worst);
    return cell(n, {
      kind: j === k ? "right" : "wrong",
      strength,
      title: `${labels[k]} read as ${labels[j]}: ${n} of ${support}${support === 0 ? "" : ` (${percent(n / support)})`}`,
    });
  })}</tr>
`,
)}</tbody>
</table></div>`;
}

function cell(
  n: number,
  { kind, strength, title }: { kind: string; strength: number; title: string },
): Markup {
  if (n === 0) return html`<td class="zero" title="${title}">0</td>`;
  // Mistakes stay lighter than the diagonal, and a single one is still seen.
  const share = Math.round(kind === "right" ? 100 * strength : 12 + 50 * strength);
  const bold = kind === "right" && share > 60 ? " strong" : "";
  return html`<td class="${kind}${bold}" style="--share:${share}%" title="${title}">${count(n)}</td>`;
}
