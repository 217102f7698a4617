import type { Evaluation } from "../evaluate.js";
import { count, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { scrollable } from "../page/scrollable.js";
import { imageList } from "./image-list.js";
import type { ReportImages } from "./report-images.js";

/** Above this many classes the colours alone are shown; the numbers appear under the pointer. */
const MAX_NUMBERED = 30;
/** Characters of the labels beside the rows that there is always room for. */
const MAX_LABEL = 12;
/** Most frequent mistakes told in words. */
const PAIRS_TOLD = 12;
/** The same where cells are too small to be opened. */
const PAIRS_TOLD_INSTEAD = 60;

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly n: number;
}

/**
 * The confusion matrix as a table whose cells are coloured: right answers blue by their share of
 * the class, mistakes red by the square root of theirs, so that rare ones still show. Where the
 * images are known, a cell opens those behind it.
 */
export function confusionTable(
  { confusion, perClass, samples }: Evaluation,
  images: ReportImages | undefined,
): Markup {
  const labels = perClass.map(({ label }) => label);
  const many = labels.length > MAX_NUMBERED;
  const longest = Math.min(MAX_LABEL, Math.max(...labels.map((label) => label.length)));
  const cells = confusion.map((row, k) => row.map((n, j): Cell => ({ row: k, column: j, n })));
  const mistakes = cells
    .flat()
    .filter(({ row, column, n }) => row !== column && n > 0)
    .sort((a, b) => b.n - a.n);
  const told = mistakes.slice(0, many ? PAIRS_TOLD_INSTEAD : PAIRS_TOLD);
  const opening = many ? told : cells.flat();
  const opens = new Set(images && opening.filter((cell) => imagesOf(cell, images).length > 0));
  const titleOf = ({ row, column, n }: Cell): string => {
    const { support } = perClass[row];
    const share = support === 0 ? "" : ` (${percent(n / support)})`;
    return `${labels[row]} read as ${labels[column]}: ${count(n)} of ${count(support)}${share}`;
  };
  const table = scrollable(
    "Confusion matrix",
    html`<table class="confusion${many ? " many" : undefined}" style="--label:${longest}">
<caption>Rows: what it is. Columns: what the model read. Numbers of ${samples}; blue is right, red is wrong.${opens.size === 0 ? undefined : many ? " The mistakes listed below open their images." : " A number opens its images."}</caption>
<thead><tr><td></td>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${cells.map(
  (row, k) => html`<tr><th scope="row">${labels[k]}</th>${row.map((cell) =>
    tableCell(cell, {
      most: cell.row === cell.column ? perClass[k].support : (mistakes[0]?.n ?? 1),
      title: titleOf(cell),
      opens: !many && opens.has(cell),
    }),
  )}</tr>
`,
)}</tbody>
</table>`,
  );
  const pairs = html`<h3>Most frequent mistakes</h3>
<ul class="pairs">
${told.map((cell) => {
  const text = html`<b class="is">${labels[cell.row]}</b> read as <b class="said">${labels[cell.column]}</b> <span class="quiet">${count(cell.n)}×</span>`;
  return html`<li>${opens.has(cell) ? html`<button type="button" popovertarget="${idOf(cell)}">${text}</button>` : html`<span>${text}</span>`}</li>
`;
})}</ul>`;
  return html`${table}
${told.length > 0 ? pairs : undefined}
${images && [...opens].map((cell) => popover(cell, { title: titleOf(cell), images }))}`;
}

function tableCell(
  cell: Cell,
  { most, title, opens }: { most: number; title: string; opens: boolean },
): Markup {
  const { row, column, n } = cell;
  if (n === 0) return html`<td class="zero" title="${title}">0</td>`;
  // Mistakes stay lighter than the diagonal, and a single one is still seen.
  const right = row === column;
  const share = Math.round(right ? (100 * n) / most : 12 + 50 * Math.sqrt(n / most));
  const strong = right && share > 60 ? " strong" : "";
  const text = opens
    ? html`<button type="button" popovertarget="${idOf(cell)}" aria-label="${title}; show images">${n}</button>`
    : n;
  return html`<td class="${right ? "right" : "wrong"}${strong}" style="--share:${share}%" title="${title}">${text}</td>`;
}

/** The images behind a cell, over the page until closed; works without script. */
function popover(cell: Cell, { title, images }: { title: string; images: ReportImages }): Markup {
  const shown = imagesOf(cell, images);
  const order = cell.row === cell.column ? "least sure first" : "surest first";
  const quantity = shown.length === cell.n ? "All" : `${shown.length} of ${count(cell.n)} images`;
  const id = idOf(cell);
  return html`<div popover id="${id}" class="behind" role="dialog" aria-labelledby="${id}-title">
<div class="bar"><h3 id="${id}-title">${title}</h3><button type="button" popovertarget="${id}" popovertargetaction="hide" autofocus>Close</button></div>
<p class="quiet">${quantity}, ${order}.</p>
${imageList(images.sheet, shown)}
</div>
`;
}

function imagesOf({ row, column }: Cell, { cells }: ReportImages) {
  return cells[row][column];
}

function idOf({ row, column }: Cell): string {
  return `cell-${row}-${column}`;
}
