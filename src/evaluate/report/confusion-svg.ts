import { count, percentNumber } from "../../base/index.js";
import type { Confusion } from "../metrics/confusion-matrix.js";
import { type Normalization, normalizeConfusion } from "../metrics/normalize-confusion.js";
import { html, type Markup } from "../page/html.js";

/** Above this many classes cells are too small for numbers; their titles still tell them. */
const MAX_NUMBERED = 30;
/** Longer labels are cut. */
const MAX_LABEL = 14;
const RIGHT = "#2a6fd0";
const WRONG = "#d0402b";

export interface ConfusionSvgOptions {
  /** What the cells show: counts if not said, else shares in percent of row, column or all. */
  readonly normalize?: Normalization;
}

interface Layout {
  readonly cell: number;
  /** Left edge and top edge of the matrix. */
  readonly left: number;
  readonly top: number;
  readonly fontSize: number;
  readonly numbered: boolean;
  /** Whether labels above columns stand on end. */
  readonly upright: boolean;
}

/**
 * The confusion matrix as an SVG picture that stands alone: rows are what it is, columns what the
 * model said. Right answers are blue by their share, mistakes red by the square root of theirs, so
 * that rare ones still show.
 *
 * @param confusion - counts, `[actual][predicted]`
 */
export function confusionSvg(
  confusion: Confusion,
  labels: readonly string[],
  options: ConfusionSvgOptions = {},
): string {
  const layout = layoutFor(labels);
  const size = layout.cell * labels.length;
  const width = layout.left + size + 8;
  const height = layout.top + size + 8;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="${layout.fontSize}">
<title>Confusion matrix: rows are what it is, columns what the model said</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<rect x="${layout.left}" y="${layout.top}" width="${size}" height="${size}" fill="#f2f3f5"/>
${axisNames(layout, { size, ...options })}${labels.map((label, k) => axisLabels(shortened(label), k, layout))}${cells(confusion, { labels, layout, ...options })}</svg>
`.text;
}

function layoutFor(labels: readonly string[]): Layout {
  const numbered = labels.length <= MAX_NUMBERED;
  const longest = Math.max(1, ...labels.map((label) => shortened(label).length));
  const fontSize = numbered ? 13 : 9;
  const upright = longest > 3;
  const labelLength = Math.ceil(longest * fontSize * 0.65);
  return {
    cell: numbered ? 44 : 13,
    left: 28 + labelLength + 6,
    top: 28 + (upright ? labelLength : fontSize) + 6,
    fontSize,
    numbered,
    upright,
  };
}

function axisNames(
  { left, top }: Layout,
  { size, normalize }: { size: number; normalize?: Normalization },
): Markup {
  const middle = top + size / 2;
  const unit = normalize === undefined ? "" : ` (% of ${normalize})`;
  return html`<text x="${left + size / 2}" y="18" text-anchor="middle" font-size="13" fill="#5d636f">read as${unit}</text>
<text transform="translate(16 ${middle}) rotate(-90)" text-anchor="middle" font-size="13" fill="#5d636f">is</text>
`;
}

function axisLabels(label: string, k: number, layout: Layout): Markup {
  const { left, top, cell, fontSize, upright } = layout;
  const middle = (k + 0.5) * cell;
  const below = fontSize * 0.35;
  const column = upright
    ? html`<text transform="translate(${left + middle + below} ${top - 6}) rotate(-90)" fill="#16181d">${label}</text>`
    : html`<text x="${left + middle}" y="${top - 6}" text-anchor="middle" fill="#16181d">${label}</text>`;
  return html`<text x="${left - 6}" y="${top + middle + below}" text-anchor="end" fill="#16181d">${label}</text>${column}
`;
}

function cells(
  confusion: Confusion,
  {
    labels,
    layout,
    normalize,
  }: ConfusionSvgOptions & { labels: readonly string[]; layout: Layout },
): (Markup | undefined)[] {
  const shares = normalizeConfusion(confusion, normalize ?? "row");
  const shade = shadesFor(shares, normalize);
  const supports = confusion.map((row) => row.reduce((sum, n) => sum + n, 0));
  return confusion.flatMap((row, actual) =>
    row.map((n, predicted) => {
      // Of many classes most pairs never occur: the ground shows through.
      if (n === 0 && !layout.numbered) return undefined;
      const share = shares[actual][predicted];
      return cellMarkup({
        layout,
        actual,
        predicted,
        strength: n === 0 ? 0 : shade(actual, predicted),
        text: normalize === undefined ? count(n) : percentNumber(share),
        title: `${labels[actual]} read as ${labels[predicted]}: ${count(n)} of ${count(supports[actual])}`,
      });
    }),
  );
}

/** Strength of a cell's colour in [0, 1]; a mistake stays lighter than the diagonal. */
function shadesFor(
  shares: readonly (readonly number[])[],
  normalize: Normalization | undefined,
): (actual: number, predicted: number) => number {
  const mistakes = shares.flatMap((row, k) => row.filter((_, j) => j !== k));
  const worst = mistakes.reduce((most, share) => Math.max(most, share), 0);
  // Of all images even a class that is always right has but its part.
  const best = normalize === "all" ? Math.max(...shares.map((row, k) => row[k])) : 1;
  return (actual, predicted) => {
    const share = shares[actual][predicted];
    return actual === predicted ? share / best : 0.12 + 0.5 * Math.sqrt(share / worst);
  };
}

function cellMarkup({
  layout: { left, top, cell, numbered },
  actual,
  predicted,
  strength,
  text,
  title,
}: {
  layout: Layout;
  actual: number;
  predicted: number;
  strength: number;
  text: string;
  title: string;
}): Markup {
  const x = left + predicted * cell;
  const y = top + actual * cell;
  const isRight = actual === predicted;
  const ink = strength === 0 ? "#9aa0ab" : isRight && strength > 0.6 ? "#ffffff" : "#16181d";
  const number = html`<text class="number" x="${x + cell / 2}" y="${y + cell / 2 + 4.5}" text-anchor="middle" fill="${ink}">${text}</text>`;
  return html`<g><title>${title}</title><rect class="${isRight ? "right" : "wrong"}" x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}" fill="${isRight ? RIGHT : WRONG}" fill-opacity="${strength.toFixed(3)}"/>${numbered ? number : undefined}</g>
`;
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= MAX_LABEL ? label : `${characters.slice(0, MAX_LABEL - 1).join("")}…`;
}
