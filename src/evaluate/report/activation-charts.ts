import type { ModelDescription } from "../../nn/index.js";
import { linearAxis } from "../page/axis.js";
import { html, type Markup } from "../page/html.js";
import { lineChart } from "../page/line-chart.js";
import { activationFunction, usedActivations } from "./activation-functions.js";

/** Inputs drawn: from -RANGE to RANGE. */
const RANGE = 6;
const STEPS = 240;

/** Values and slopes of one nonlinearity, as they are drawn. */
export interface ActivationCurve {
  readonly name: string;
  readonly formula: string;
  readonly slopeFormula: string;
  /** `[x, f(x), f′(x)]` */
  readonly points: readonly (readonly [x: number, value: number, slope: number])[];
}

/** The nonlinearities of a model and their derivatives from -6 to 6. */
export function activationCurves(model: ModelDescription, classes: number): ActivationCurve[] {
  return usedActivations(model).map(({ name, slope: leak }) => {
    const { formula, slopeFormula, value, slope } = activationFunction(name, {
      slope: leak,
      classes,
    });
    const points = Array.from({ length: STEPS + 1 }, (_, i) => {
      const x = -RANGE + (2 * RANGE * i) / STEPS;
      return [x, value(x), slope(x)] as const;
    });
    return { name, formula, slopeFormula, points };
  });
}

/** Each curve with its derivative, the formulas below. */
export function activationCharts(curves: readonly ActivationCurve[], classes: number): Markup {
  return html`<div class="charts">${curves.map(({ name, formula, slopeFormula, points }) => {
    const values = points.flatMap(([, value, slope]) => [value, slope]);
    const id = `activation-${name}`;
    return lineChart({
      id,
      title: name,
      description: `${name}: f(x) = ${formula}; f′(x) = ${slopeFormula}.`,
      x: { axis: linearAxis(-RANGE, RANGE, 6), format: tickText },
      y: { axis: linearAxis(Math.min(...values), Math.max(...values), 4), format: tickText },
      series: [
        { name: "f(x)", style: "blue", points: points.map(([x, value]) => [x, value]) },
        {
          name: "f′(x)",
          style: "orange",
          dashed: true,
          points: points.map(([x, , slope]) => [x, slope]),
        },
      ],
      size: { width: 420, height: 210 },
      note: html`f(x) = ${formula}<br>f′(x) = ${slopeFormula}${
        name === "softmax"
          ? html`<br><span class="quiet">One of ${classes} logits moves, the others stay at 0.</span>`
          : undefined
      }`,
    });
  })}</div>`;
}

function tickText(value: number): string {
  return `${value}`.replace("-", "−");
}
