import type { Evaluation } from "../evaluate.js";
import type { CurvePair, MacroCurves } from "../metrics/one-versus-rest.js";
import { linearAxis, logAxis } from "../page/axis.js";
import { html, type Markup } from "../page/html.js";
import { lineChart, type Series } from "../page/line-chart.js";

/** From this area on, the upper right tenth of a precision–recall diagram is drawn alone. */
const ZOOM_AREA = 0.98;
const ZOOM = 0.9;

type Pair = CurvePair | MacroCurves;

/** How well the scores rank each class above the rest: ROC and precision–recall curves. */
export function rankingCharts({ n, curves }: Evaluation): Markup | undefined {
  const { roc, precisionRecall } = curves.macro;
  if (roc === null || precisionRecall === null) return undefined;
  const low = precisionRecall.averagePrecision >= ZOOM_AREA ? ZOOM : 0;
  return html`<div class="charts">${rocChart(curves, 1 / n)}${precisionRecallChart(curves, low)}</div>`;
}

/** @param least - false-positive rate at the left end, above 0 */
function rocChart(curves: Evaluation["curves"], least: number): Markup {
  const series = threeLines(curves, {
    area: ({ roc }) => roc?.area,
    points({ roc }) {
      if (roc === null) return [];
      // What lies left of the end is summed up by the last point there.
      const { falsePositiveRate, truePositiveRate } = roc;
      const first = falsePositiveRate.findLastIndex((rate) => rate <= least);
      return falsePositiveRate
        .map((rate, i): [number, number] => [Math.max(least, rate), truePositiveRate[i]])
        .slice(first);
    },
  });
  const found = Math.min(...series.map(({ points }) => points[0][1]));
  return lineChart({
    id: "roc",
    title: "ROC",
    description: `Areas under the curve: ${areasOf(series)}.`,
    x: { axis: logAxis(least, 1), name: "false-positive rate, logarithmic", format: shortPercent },
    y: { axis: linearAxis(found, 1, 5), format: shortPercent },
    series,
    note: html`<span class="quiet">Share of a class that is found (recall) against share of the others taken for it. Area: ${areasOf(series)}.</span>`,
  });
}

/** @param low - where both axes begin */
function precisionRecallChart(curves: Evaluation["curves"], low: number): Markup {
  const series = threeLines(curves, {
    area: ({ precisionRecall }) => precisionRecall?.averagePrecision,
    points: ({ precisionRecall }) =>
      (precisionRecall?.recall ?? [])
        .map((recall, i): [number, number] => [recall, precisionRecall?.precision[i] ?? 0])
        .filter(([recall, precision]) => recall >= low && precision >= low),
  });
  return lineChart({
    id: "precision-recall",
    title: "Precision and recall",
    description: `Average precision: ${areasOf(series)}.`,
    x: { axis: linearAxis(low, 1, 5), name: "recall", format: shortPercent },
    y: { axis: linearAxis(low, 1, 5), format: shortPercent },
    series,
    note: html`<span class="quiet">Average precision: ${areasOf(series)}.${low > 0 ? " Only the last tenth of either axis is drawn." : undefined}</span>`,
  });
}

interface RankingLine extends Series {
  readonly area: number;
}

/** The average over classes, all decisions pooled, and the class that is ranked worst. */
function threeLines(
  { perClass, macro, micro }: Evaluation["curves"],
  {
    area,
    points,
  }: {
    area: (pair: Pair) => number | undefined;
    points: (pair: Pair) => [number, number][];
  },
): RankingLine[] {
  const line = (name: string, style: Series["style"], pair: Pair): RankingLine => ({
    name,
    style,
    dashed: style === "orange",
    points: points(pair),
    area: area(pair) ?? 0,
  });
  const ranked = perClass.filter((pair) => area(pair) !== undefined);
  const worst = ranked.reduce((a, b) => ((area(b) ?? 0) < (area(a) ?? 0) ? b : a));
  return [
    line("macro", "blue", macro),
    line("micro", "green", micro),
    line(`worst class (${worst.label})`, "orange", worst),
  ];
}

/** `macro 0.9987, micro 0.9990, worst class (8) 0.9951` */
function areasOf(series: readonly RankingLine[]): string {
  return series.map(({ name, area }) => `${name} ${area.toFixed(4)}`).join(", ");
}

function shortPercent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}\u202f%`;
}
