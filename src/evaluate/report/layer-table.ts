import { describeModel, type ModelDescription, type Weights } from "../../nn/index.js";
import { count } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { scrollable } from "../page/scrollable.js";

/** One array of a model in figures. */
export interface WeightSummary {
  /** `layers.1.weight` */
  readonly name: string;
  readonly shape: readonly number[];
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
  readonly least: number;
  readonly most: number;
}

/** Shape, mean, standard deviation and extremes of every array. */
export function weightSummaries(weights: Weights): WeightSummary[] {
  return [...weights].map(([name, { shape, data }]) => {
    let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of data) {
      sum += value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const mean = sum / data.length;
    const squares = data.reduce((total, value) => total + (value - mean) ** 2, 0);
    return { name, shape, mean, spread: Math.sqrt(squares / data.length), least, most };
  });
}

/** The layers one after the other: what each makes of one image, and the arrays it holds. */
export function layerTable(model: ModelDescription, weights: Weights): Markup {
  const layers = describeModel(model);
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const shapesOf = (index: number): string[] =>
    [...weights]
      .filter(([name]) => name.startsWith(`layers.${index}.`))
      .map(([name, { shape }]) => `${name.split(".")[2]} ${shapeText(shape)}`);
  const rows = layers.map(({ type, outputShape, parameters }, index) => {
    const layer = model.layers[index];
    const activation = "activation" in layer ? layer.activation : undefined;
    const label = type === "activation" ? "activation" : type;
    return html`<tr><th scope="row">${label}</th><td class="text">${activation ?? ""}</td><td class="text">${shapeText(outputShape)}</td><td class="text">${shapesOf(index).join(", ")}</td><td>${count(parameters)}</td></tr>
`;
  });
  return html`${scrollable(
    "Layers",
    html`<table class="numbers">
<thead><tr><th scope="col">Layer</th><th scope="col" class="text">Activation</th><th scope="col" class="text">Output</th><th scope="col" class="text">Weights</th><th scope="col">Parameters</th></tr></thead>
<tbody>
<tr><th scope="row">input</th><td class="text"></td><td class="text">${shapeText(model.input)}</td><td class="text"></td><td>0</td></tr>
${rows}</tbody>
<tfoot><tr><th scope="row">together</th><td></td><td></td><td></td><td>${count(total)}</td></tr></tfoot>
</table>`,
  )}
<details><summary>The weights in figures</summary>
${scrollable("Weights in figures", weightTable(weightSummaries(weights)))}</details>`;
}

function weightTable(summaries: readonly WeightSummary[]): Markup {
  const columns = ["mean", "spread", "least", "most"] as const;
  return html`<table class="numbers">
<thead><tr><th scope="col">Array</th><th scope="col" class="text">Shape</th><th scope="col">Mean</th><th scope="col">Deviation</th><th scope="col">Least</th><th scope="col">Most</th></tr></thead>
<tbody>
${summaries.map(
  (summary) =>
    html`<tr><th scope="row">${summary.name}</th><td class="text">${shapeText(summary.shape)}</td>${columns.map((column) => html`<td>${summary[column].toFixed(4)}</td>`)}</tr>
`,
)}</tbody>
</table>`;
}

/** `28 × 28 × 1` */
function shapeText(shape: readonly number[]): string {
  return shape.join("\u202f×\u202f");
}
