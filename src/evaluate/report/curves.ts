import { type Axis, countAxis, linearAxis, logAxis } from "./axis.js";
import { lossText, percent } from "./format.js";
import { html, type Markup } from "./html.js";

/** Loss and accuracy after an epoch. */
export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validation?: { readonly loss: number; readonly accuracy: number };
}

interface Series {
  readonly name: string;
  /** CSS class that gives the colour. */
  readonly style: "training" | "validation";
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

interface Chart {
  readonly id: string;
  readonly title: string;
  readonly series: readonly Series[];
  readonly axis: Axis;
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
}

const WIDTH = 420;
const HEIGHT = 250;
const MARGIN = { top: 12, right: 62, bottom: 34, left: 50 };
/** Above this many epochs the line alone is drawn. */
const MAX_MARKED_POINTS = 40;

/** Loss and accuracy by epoch, on training and validation images, as two charts. */
export function curves(history: readonly CurvePoint[]): Markup {
  const losses = seriesOf(history, ({ loss }) => loss);
  const accuracies = seriesOf(history, ({ accuracy }) => accuracy);
  return html`<div class="charts">${chart({
    id: "loss",
    title: "Loss by epoch",
    series: losses,
    axis: lossAxis(valuesOf(losses)),
    format: lossText,
    formatTick: String,
  })}${chart({
    id: "accuracy",
    title: "Accuracy by epoch",
    series: accuracies,
    axis: accuracyAxis(valuesOf(accuracies)),
    format: percent,
    formatTick: (value) => `${Number((100 * value).toPrecision(5))}\u202f%`,
  })}</div>`;
}

function seriesOf(
  history: readonly CurvePoint[],
  pick: (measure: { loss: number; accuracy: number }) => number,
): Series[] {
  const training = history.map((point) => ({ epoch: point.epoch, value: pick(point) }));
  const validation = history.flatMap(({ epoch, validation }) =>
    validation === undefined ? [] : [{ epoch, value: pick(validation) }],
  );
  const all: Series[] = [
    { name: "training", style: "training", points: training },
    { name: "validation", style: "validation", points: validation },
  ];
  return all.filter(({ points }) => points.length > 0);
}

function valuesOf(series: readonly Series[]): number[] {
  return series.flatMap(({ points }) => points.map(({ value }) => value));
}

/** Up to 100 % and no further; a tenth of a percent at least, for models that are always right. */
function accuracyAxis(values: readonly number[]): Axis {
  return linearAxis(Math.min(0.999, ...values), 1, 4);
}

/** Losses start high and end low: from a factor of 8 on, only a logarithm shows the end. */
function lossAxis(values: readonly number[]): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low > 0 && high / low > 8 ? logAxis(low, high) : linearAxis(0, high, 4);
}

function chart({ id, title, series, axis, format, formatTick }: Chart): Markup {
  const epochs = Math.max(...series.flatMap(({ points }) => points.map(({ epoch }) => epoch)));
  const across = countAxis(epochs, 6);
  const x = (epoch: number): number =>
    round(MARGIN.left + across.place(epoch) * (WIDTH - MARGIN.left - MARGIN.right));
  const y = (value: number): number =>
    round(HEIGHT - MARGIN.bottom - axis.place(value) * (HEIGHT - MARGIN.top - MARGIN.bottom));
  const described = series
    .map(
      ({ name, points }) => `${name} ${format(points[0].value)} to ${format(lastOf(points).value)}`,
    )
    .join(", ");
  const labelY = spread(series.map(({ points }) => y(lastOf(points).value)));
  return html`<figure>
<figcaption>${title}${legend(series)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">From epoch 1 to ${epochs}: ${described}.</desc>
${axis.ticks.map(
  (
    tick,
  ) => html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(tick)}" y2="${y(tick)}"/>
<text class="tick" x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${formatTick(tick)}</text>
`,
)}${across.ticks.map(
  (
    tick,
  ) => html`<text class="tick" x="${x(tick)}" y="${HEIGHT - MARGIN.bottom + 17}" text-anchor="middle">${tick}</text>
`,
)}<text class="tick" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 2}" text-anchor="middle">epoch</text>
${series.map(
  ({ name, style, points }, i) => html`<polyline class="line ${style}" points="${points
    .map(({ epoch, value }) => `${x(epoch)},${y(value)}`)
    .join(" ")}"/>
${
  points.length > MAX_MARKED_POINTS
    ? undefined
    : points.map(
        ({ epoch, value }) =>
          html`<circle class="${style}" cx="${x(epoch)}" cy="${y(value)}" r="3.5"><title>epoch ${epoch}, ${name}: ${format(value)}</title></circle>
`,
      )
}<text class="value" x="${x(lastOf(points).epoch) + 9}" y="${labelY[i] + 4}">${format(lastOf(points).value)}</text>
`,
)}</svg>
</figure>`;
}

function legend(series: readonly Series[]): Markup {
  return html`<span class="legend">${series.map(
    ({ name, style }) => html`<span><i class="key ${style}"></i>${name}</span>`,
  )}</span>`;
}

/** Moves two labels apart that would lie over each other. */
function spread(places: readonly number[]): number[] {
  const [a, b] = places;
  if (b === undefined || Math.abs(a - b) >= 14) return [...places];
  const middle = (a + b) / 2;
  return a < b ? [middle - 7, middle + 7] : [middle + 7, middle - 7];
}

function lastOf<T>(points: readonly T[]): T {
  return points[points.length - 1];
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
