import { countAxis, linearAxis, logAxis } from "../page/axis.js";
import { html, Markup } from "../page/html.js";
import { lineChart } from "../page/line-chart.js";
import { page, section } from "../page/page.js";
import { scrollable } from "../page/scrollable.js";
import { parallelCoordinates } from "./parallel-coordinates.js";
import { lastFigure, shown, type TuningReport, type TuningTrial } from "./tuning-report.js";

/** Rows of the table of trials. */
const MAX_ROWS = 200;

const style = new Markup(`<style>
.headline { grid-template-columns: 1fr 1fr 1fr; }
@media (max-width: 640px) { .headline { grid-template-columns: 1fr 1fr; } }
.line.quiet { display: none; }
.axis { stroke: var(--quiet); stroke-width: 1; }
.trial { fill: none; stroke-width: 1.2; }
.trial.rest { stroke: var(--quiet); opacity: 0.3; }
.trial.good { stroke: var(--blue); stroke-width: 1.8; opacity: 0.85; }
.trial.best { stroke: var(--orange); stroke-width: 3; }
.trial:hover { stroke: var(--ink); opacity: 1; stroke-width: 3; }
.halo { paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.shares { display: grid; grid-template-columns: max-content 1fr max-content; gap: 8px 14px; align-items: center; margin: 0; font-size: 15px; }
.shares dt { overflow-wrap: anywhere; }
.shares meter { width: 100%; height: 12px; }
.shares dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
</style>`);

/**
 * The page of a search for settings, one HTML file: what the trials came to, one after the other; their
 * settings as parallel coordinates; how much each setting decides; a table.
 */
export function renderTuning(report: TuningReport): string {
  const { title, goal, space, trials, importance } = report;
  const order = trials.filter((trial) => Number.isFinite(lastFigure(trial)));
  const failed = trials.filter(({ state }) => state === "failed");
  const sections = [
    ...(order.length === 0
      ? []
      : [
          section("History", history(order, goal)),
          section("Settings", parallelCoordinates(space, order, goal)),
          section("What decides", shares(importance)),
        ]),
    ...(order.length === 0 ? [] : [section("Trials", table(report, order))]),
    ...(failed.length === 0 ? [] : [section("Failed", failures(failed))]),
  ];
  return page({
    title,
    subtitle: undefined,
    style,
    headline: headline(report, order[0]),
    sections,
  });
}

function headline({ trials, goal }: TuningReport, best: TuningTrial | undefined): Markup {
  const number = (state: TuningTrial["state"]) => trials.filter((it) => it.state === state).length;
  return html`<dl class="headline">
<div class="main"><dt>Least ${goal} on what was held out</dt><dd>${best ? lastFigure(best).toFixed(4) : "–"}</dd>
<dd class="quiet">${best ? `trial ${best.number + 1}` : "no trial came to a figure"}</dd></div>
<div><dt>Trials</dt><dd>${trials.length}</dd><dd class="quiet">${number("complete")} to the end</dd></div>
<div><dt>Given up</dt><dd>${number("pruned")}</dd><dd class="quiet">${number("failed")} failed</dd></div>
</dl>`;
}

function history(trials: readonly TuningTrial[], goal: string): Markup {
  const ordered = trials.toSorted((a, b) => a.number - b.number);
  const points = ordered.map((trial) => [trial.number + 1, lastFigure(trial)] as const);
  let least = Number.POSITIVE_INFINITY;
  // A step where a trial is better: the line stays where it is until then.
  const best = ordered.flatMap((trial): (readonly [number, number])[] => {
    const before = least;
    if (trial.state === "complete") least = Math.min(least, lastFigure(trial));
    const place = trial.number + 1;
    return [before, ...(least < before ? [least] : [])]
      .filter(Number.isFinite)
      .map((figure) => [place, figure]);
  });
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const last = points.at(-1)?.[0] ?? 1;
  return lineChart({
    id: "history",
    title: "What each trial came to",
    description: `The ${goal} of ${points.length} trials in their order; the least is ${low.toFixed(4)}.`,
    size: { width: 940, height: 300 },
    x: { axis: countAxis(last, 10), name: "trial", format: String },
    y: {
      axis: low > 0 && high / low > 8 ? logAxis(low, high) : linearAxis(low, high, 4),
      format: String,
    },
    series: [
      {
        name: "a trial",
        style: "quiet",
        points,
        pointText: (x, y) => `trial ${x}: ${y.toFixed(4)}`,
      },
      { name: "the best so far", style: "orange", points: best },
    ],
  });
}

function shares(importance: Readonly<Record<string, number>>): Markup {
  const order = Object.entries(importance).sort(([, a], [, b]) => b - a);
  return html`<dl class="shares">${order.map(
    ([
      name,
      share,
    ]) => html`<dt>${name}</dt><dd><meter min="0" max="1" value="${share.toFixed(3)}" aria-label="${name}"></meter></dd><dd>${Math.round(100 * share)}\u202f%</dd>
`,
  )}</dl>
<p class="note quiet">How much of the order of the trials each setting explains by itself (ε², Kelley 1935). What settings do together only is not seen.</p>`;
}

function table({ space, goal }: TuningReport, order: readonly TuningTrial[]): Markup {
  const names = Object.keys(space);
  const rows = order.slice(0, MAX_ROWS).map(
    (
      trial,
    ) => html`<tr><th scope="row">${trial.number + 1}</th><td>${lastFigure(trial).toFixed(4)}</td><td>${trial.curve.length}</td><td class="text">${trial.state === "complete" ? "to the end" : "given up"}</td>${names.map(
      (name) => html`<td>${shown(trial.values[name])}</td>`,
    )}</tr>
`,
  );
  const more =
    order.length > MAX_ROWS
      ? html`<p class="note quiet">The best ${MAX_ROWS} of ${order.length}; all are in trials.csv.</p>`
      : undefined;
  const content = html`<table class="numbers"><thead><tr><th scope="col">trial</th><th scope="col">${goal}</th><th scope="col">epochs</th><th scope="col" class="text">end</th>${names.map(
    (name) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table>`;
  return html`${scrollable("Figures of the trials", content)}${more}`;
}

/** Which trials failed, by reason: the same one often strikes many. */
function failures(trials: readonly TuningTrial[]): Markup {
  const numbers = new Map<string, number[]>();
  for (const { number, reason = "not known" } of trials) {
    const alike = numbers.get(reason) ?? [];
    alike.push(number + 1);
    numbers.set(reason, alike);
  }
  return html`<ul class="sentences">${[...numbers].map(
    ([reason, alike]) =>
      html`<li>${alike.length === 1 ? "trial" : "trials"} ${alike.sort((a, b) => a - b).join(", ")}: ${reason}</li>
`,
  )}</ul>`;
}
