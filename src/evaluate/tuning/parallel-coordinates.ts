import { html, type Markup } from "../page/html.js";
import { scrollable } from "../page/scrollable.js";
import { lastFigure, shown, type TuningDimension, type TuningTrial } from "./tuning-report.js";

const WIDTH = 940;
const HEIGHT = 330;
const PLOT = { left: 70, right: WIDTH - 70, top: 40, bottom: HEIGHT - 26 };
/** With more columns than this, every other name stands higher. */
const EVEN = 7;
/** The best so many are drawn strongly. */
const STRONG_SHARE = 0.1;

interface Column {
  readonly name: string;
  /** 0 at the bottom, 1 at the top. */
  place(trial: TuningTrial): number;
  readonly labels: readonly (readonly [place: number, text: string])[];
}

/**
 * A line a trial through its settings to what it came to; the best tenth stand out. The better a trial,
 * the higher its line ends.
 *
 * @param trials - from the best to the worst, each with a figure
 */
export function parallelCoordinates(
  space: Readonly<Record<string, TuningDimension>>,
  trials: readonly TuningTrial[],
  goal: string,
): Markup {
  const columns = [
    ...Object.entries(space).map(([name, dimension]) => columnOf(name, dimension)),
    figureColumn(trials, goal),
  ];
  const across = (i: number): number =>
    Math.round(PLOT.left + (i / (columns.length - 1)) * (PLOT.right - PLOT.left));
  const down = (place: number): number =>
    Math.round(10 * (PLOT.bottom - place * (PLOT.bottom - PLOT.top))) / 10;
  const strong = Math.max(1, Math.round(STRONG_SHARE * trials.length));
  // The best come last, on top of the others.
  const lines = trials
    .map((trial, rank) => {
      const points = columns.map((column, i) => `${across(i)},${down(column.place(trial))}`);
      const kind = rank === 0 ? "best" : rank < strong ? "good" : "rest";
      return html`<polyline class="trial ${kind}" points="${points.join(" ")}"><title>${lineText(trial, goal)}</title></polyline>
`;
    })
    .reverse();
  const picture = html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="parallel-title parallel-desc">
<title id="parallel-title">Settings of all trials</title>
<desc id="parallel-desc">One line a trial, through its settings to its ${goal}. The best: ${trials[0] && lineText(trials[0], goal)}.</desc>
${lines}${columns.map(
  (
    column,
    i,
  ) => html`<line class="axis" x1="${across(i)}" x2="${across(i)}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>
<text class="value" x="${across(i)}" y="${columns.length <= EVEN || i % 2 === 0 ? 26 : 12}" text-anchor="middle">${column.name}</text>
${column.labels.map(
  ([place, text]) =>
    html`<text class="tick halo" x="${across(i) + 6}" y="${down(place) + 4}">${text}</text>
`,
)}`,
)}</svg>`;
  return html`<figure>
<figcaption>Settings of all trials<span class="legend"><span><i class="key orange"></i>the best</span><span><i class="key blue"></i>the best tenth</span><span><i class="key quiet"></i>the others</span></span></figcaption>
${scrollable("Settings of all trials", picture)}</figure>`;
}

function lineText(trial: TuningTrial, goal: string): string {
  const settings = Object.entries(trial.values).map(([name, value]) => `${name} ${shown(value)}`);
  return `trial ${trial.number + 1}, ${goal} ${lastFigure(trial).toFixed(4)}: ${settings.join(", ")}`;
}

function columnOf(name: string, dimension: TuningDimension): Column {
  const short = name.slice(name.lastIndexOf(".") + 1);
  const label = /^\d+$/.test(short) ? name : short;
  if (dimension.type === "choice") {
    const keys = dimension.values.map((value) => JSON.stringify(value));
    const place = (index: number) => (keys.length === 1 ? 0.5 : index / (keys.length - 1));
    return {
      name: label,
      place: ({ values }) => place(keys.indexOf(JSON.stringify(values[name]))),
      labels: dimension.values.map((value, i) => [place(i), shown(value).slice(0, 12)]),
    };
  }
  const { low, high, log = false } = dimension;
  const scale = (value: number) => (log ? Math.log(value) : value);
  const span = scale(high) - scale(low);
  return {
    name: label,
    place: ({ values }) => (scale(values[name] as number) - scale(low)) / span,
    labels: [
      [0, `${low}`],
      [1, `${high}`],
    ],
  };
}

/** By rank, best on top: figures of bad trials may be anything. */
function figureColumn(trials: readonly TuningTrial[], goal: string): Column {
  const last = Math.max(1, trials.length - 1);
  const places = new Map(trials.map(({ number }, rank) => [number, 1 - rank / last]));
  const [best, worst] = [trials[0], trials.at(-1)];
  return {
    name: `rank by ${goal}`,
    place: ({ number }) => places.get(number) ?? 0,
    labels: [
      ...(worst && worst !== best ? [[0, lastFigure(worst).toFixed(3)] as const] : []),
      ...(best ? [[1, lastFigure(best).toFixed(4)] as const] : []),
    ],
  };
}
