import type { Axis } from "./axis.js";
import { html, type Markup } from "./html.js";
import { scrollable } from "./scrollable.js";

/** One line of a chart. */
export interface Series {
  readonly name: string;
  /** CSS class that gives the colour. */
  readonly style: "blue" | "orange" | "green" | "quiet";
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Drawn in dashes, for lines that must be told apart without colours too. */
  readonly dashed?: boolean;
  /** What to write at the end of the line. */
  readonly end?: string;
  /** What a point says under the pointer; points are marked where this is given. */
  readonly pointText?: (x: number, y: number) => string;
  /** Lower and upper bound at each point, drawn as bars. */
  readonly spreads?: readonly (readonly [low: number, high: number])[];
}

/** An axis with its name and how its values are written. */
export interface Scale {
  readonly axis: Axis;
  readonly name?: string;
  readonly format: (value: number) => string;
}

export interface LineChart {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly series: readonly Series[];
  /** Below the picture: how it is to be read. */
  readonly note?: Markup | string;
  /** Units of the drawing; 420 × 250 if not said. */
  readonly size?: { readonly width: number; readonly height: number };
}

const SIZE = { width: 420, height: 250 };
/** Least height between two labels at the ends of lines. */
const LABEL_HEIGHT = 14;

/**
 * Lines over two axes, as an SVG picture in a figure with title and legend. One that is wider than usual
 * scrolls by itself on a phone, where its letters would become too small.
 */
export function lineChart(chart: LineChart): Markup {
  const { id, title, description, x, y, series, note, size = SIZE } = chart;
  const labelled = series.some(({ end }) => end !== undefined);
  const plot = {
    left: 50,
    right: size.width - (labelled ? 74 : 28),
    top: 12,
    bottom: size.height - (x.name === undefined ? 22 : 38),
  };
  const across = (value: number): number =>
    round(plot.left + x.axis.place(value) * (plot.right - plot.left));
  const down = (value: number): number =>
    round(plot.bottom - y.axis.place(value) * (plot.bottom - plot.top));
  const picture = html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${description}</desc>
${y.axis.ticks.map(
  (tick) =>
    html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${down(tick)}" y2="${down(tick)}"/>
<text class="tick" x="${plot.left - 8}" y="${down(tick) + 4}" text-anchor="end">${y.format(tick)}</text>
`,
)}${x.axis.ticks.map(
  (tick) =>
    html`<text class="tick" x="${across(tick)}" y="${plot.bottom + 17}" text-anchor="middle">${x.format(tick)}</text>
`,
)}${
  x.name === undefined
    ? undefined
    : html`<text class="tick" x="${(plot.left + plot.right) / 2}" y="${size.height - 4}" text-anchor="middle">${x.name}</text>
`
}${series.map((line) => lineOf(line, across, down))}${endLabels(series, across, down)}</svg>`;
  return html`<figure>
<figcaption>${title}${legend(series)}</figcaption>
${size.width > SIZE.width ? scrollable(title, picture) : picture}
${note === undefined ? undefined : html`<p class="note">${note}</p>`}</figure>`;
}

type Place = (value: number) => number;

function lineOf(series: Series, across: Place, down: Place): Markup {
  const { style, points, dashed, pointText, spreads } = series;
  const path = withoutCrowding(points.map(([x, y]) => [across(x), down(y)]))
    .map((place) => place.join(","))
    .join(" ");
  return html`<polyline class="line ${style}${dashed ? " dashed" : undefined}" points="${path}"/>
${spreads?.map(
  ([low, high], i) =>
    html`<line class="spread ${style}" x1="${across(points[i][0])}" x2="${across(points[i][0])}" y1="${down(low)}" y2="${down(high)}"/>
`,
)}${
  pointText &&
  points.map(
    ([x, y]) =>
      html`<circle class="${style}" cx="${across(x)}" cy="${down(y)}" r="3.5"><title>${pointText(x, y)}</title></circle>
`,
  )
}`;
}

/** Leaves out places less than a pixel from the one before, but never the last. */
function withoutCrowding(places: readonly (readonly [number, number])[]) {
  let [keptX, keptY] = [Number.NEGATIVE_INFINITY, 0];
  return places.filter(([x, y], i) => {
    if (i < places.length - 1 && Math.abs(x - keptX) + Math.abs(y - keptY) < 1) return false;
    [keptX, keptY] = [x, y];
    return true;
  });
}

/** The texts at the ends of the lines, the lower ones moved down where they would touch. */
function endLabels(series: readonly Series[], across: Place, down: Place): Markup[] {
  const labels = series
    .flatMap(({ end, points }) => {
      const last = points.at(-1);
      return end === undefined || last === undefined
        ? []
        : [{ end, x: across(last[0]) + 9, y: down(last[1]) + 4 }];
    })
    .sort((a, b) => a.y - b.y);
  let free = Number.NEGATIVE_INFINITY;
  return labels.map(({ end, x, y }) => {
    const at = Math.max(y, free);
    free = at + LABEL_HEIGHT;
    return html`<text class="value" x="${x}" y="${round(at)}">${end}</text>
`;
  });
}

function legend(series: readonly Series[]): Markup | undefined {
  if (series.length < 2) return undefined;
  return html`<span class="legend">${series.map(
    ({ name, style, dashed }) =>
      html`<span><i class="key ${style}${dashed ? " dashed" : undefined}"></i>${name}</span>`,
  )}</span>`;
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
