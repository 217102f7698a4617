import { type Axis, countAxis, linearAxis, logAxis } from "../page/axis.js";
import { lossText, percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { lineChart, type Series } from "../page/line-chart.js";

/** Loss and accuracy after an epoch. */
export interface CurvePoint {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validation?: { readonly loss: number; readonly accuracy: number };
}

/** Above this many epochs the line alone is drawn. */
const MAX_MARKED_POINTS = 40;

/** Loss and accuracy by epoch, on training and validation images, as two charts. */
export function curves(history: readonly CurvePoint[]): Markup {
  const loss = chart(history, {
    id: "loss",
    pick: (measure) => measure.loss,
    format: lossText,
    axis: lossAxis,
    tick: String,
  });
  const accuracy = chart(history, {
    id: "accuracy",
    pick: (measure) => measure.accuracy,
    format: percent,
    axis: accuracyAxis,
    tick: (value) => `${Number((100 * value).toPrecision(5))}\u202f%`,
  });
  return html`<div class="charts">${loss}${accuracy}</div>`;
}

interface Measure {
  readonly id: "loss" | "accuracy";
  readonly pick: (point: { readonly loss: number; readonly accuracy: number }) => number;
  readonly format: (value: number) => string;
  readonly axis: (values: readonly number[]) => Axis;
  readonly tick: (value: number) => string;
}

function chart(history: readonly CurvePoint[], measure: Measure): Markup {
  const { id, pick, format, axis, tick } = measure;
  const training = history.map((point) => [point.epoch, pick(point)] as const);
  const validation = history.flatMap(({ epoch, validation }) =>
    validation === undefined ? [] : [[epoch, pick(validation)] as const],
  );
  const lines = [
    { name: "training", style: "blue", points: training },
    { name: "validation", style: "orange", points: validation },
  ] as const;
  const series = lines
    .filter(({ points }) => points.length > 0)
    .map(({ points, ...line }): Series => {
      const pointText = (epoch: number, value: number): string =>
        `epoch ${epoch}, ${line.name}: ${format(value)}`;
      return {
        ...line,
        points,
        end: format(points[points.length - 1][1]),
        ...(points.length <= MAX_MARKED_POINTS && { pointText }),
      };
    });
  const epochs = history[history.length - 1].epoch;
  const ends = series.map(({ name, points, end }) => `${name} ${format(points[0][1])} to ${end}`);
  return lineChart({
    id,
    title: `${id === "loss" ? "Loss" : "Accuracy"} by epoch`,
    description: `From epoch ${history[0].epoch} to ${epochs}: ${ends.join(", ")}.`,
    x: { axis: countAxis(epochs, 6), name: "epoch", format: String },
    y: { axis: axis(series.flatMap(({ points }) => points.map(([, y]) => y))), format: tick },
    series,
  });
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
