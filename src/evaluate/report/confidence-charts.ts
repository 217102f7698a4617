import type { Evaluation, SampleNoun } from "../evaluate.js";
import type { Calibration } from "../metrics/calibration.js";
import type { RejectPoint } from "../metrics/reject-curve.js";
import { wilsonInterval } from "../metrics/wilson-interval.js";
import { linearAxis } from "../page/axis.js";
import { count, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { lineChart } from "../page/line-chart.js";

/** A reject curve is drawn from where its error reaches this share of its end. */
const REJECT_START = 0.02;

/** Whether the confidence can be believed, and what refusing the unsure answers gains. */
export function confidenceCharts(evaluation: Evaluation): Markup {
  const { calibration, coverageAtError, reject, samples } = evaluation;
  const coverages = coverageAtError.map(
    ({ maxError, coverage, threshold }) =>
      `${percent(coverage)} of the ${samples} can be answered with at most ${percent(maxError, 1)} wrong${coverage > 0 ? ` (confidence from ${threshold.toFixed(3)} on)` : ""}`,
  );
  return html`<div class="charts">${reliabilityChart(calibration, samples)}${rejectChart(reject, { samples, coverages })}</div>`;
}

function reliabilityChart(
  { bins, expectedCalibrationError }: Calibration,
  samples: SampleNoun,
): Markup {
  const filled = bins.filter(({ count }) => count > 0);
  const error = percent(expectedCalibrationError);
  return lineChart({
    id: "reliability",
    title: "Reliability",
    description: `${filled.length} bins of confidence. ${filled
      .map(
        ({ confidence, accuracy }) =>
          `${percent(confidence, 0)} sure: ${percent(accuracy, 0)} right`,
      )
      .join(", ")}.`,
    x: { axis: linearAxis(0, 1, 5), name: "confidence", format: wholePercent },
    y: { axis: linearAxis(0, 1, 5), format: wholePercent },
    series: [
      {
        name: "as sure as right",
        style: "quiet",
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        name: "share that is right",
        style: "blue",
        points: filled.map(({ confidence, accuracy }) => [confidence, accuracy]),
        spreads: filled.map((bin) =>
          wilsonInterval(Math.round(bin.accuracy * bin.count), bin.count),
        ),
        pointText: (confidence, accuracy) =>
          `${percent(confidence, 1)} sure on average: ${percent(accuracy, 1)} right of ${count(filled.find((bin) => bin.confidence === confidence)?.count ?? 0)} ${samples}`,
      },
    ],
    note: html`<span class="quiet">Below the line the model is surer than it should be. Expected calibration error ${error}; bars: 95 % intervals.</span>`,
  });
}

function rejectChart(
  points: readonly RejectPoint[],
  { samples, coverages }: { readonly samples: SampleNoun; readonly coverages: readonly string[] },
): Markup {
  const end = points[points.length - 1];
  const first = points.findLastIndex(({ error }) => error <= REJECT_START * end.error);
  const drawn = points.slice(Math.max(0, Math.min(first, points.length - 2)));
  return lineChart({
    id: "reject",
    title: "Error against refusal",
    description: `${coverages.join("; ")}; all answered, ${percent(end.error)} are wrong.`,
    x: {
      axis: linearAxis(drawn[0].coverage, 1, 5),
      name: `share of ${samples} answered`,
      format: shortPercent,
    },
    y: { axis: linearAxis(0, end.error, 4), format: shortPercent },
    series: [
      {
        name: "share of answers that is wrong",
        style: "blue",
        points: drawn.map(({ coverage, error }) => [coverage, error]),
        end: percent(end.error),
      },
    ],
    note: html`<span class="quiet">${coverages.join("; ")}.</span>`,
  });
}

function wholePercent(share: number): string {
  return `${Math.round(100 * share)}\u202f%`;
}

function shortPercent(share: number): string {
  return `${Number((100 * share).toPrecision(4))}\u202f%`;
}
