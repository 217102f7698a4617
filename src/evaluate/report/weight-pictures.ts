import { encodePng } from "../../data/index.js";
import { base64 } from "../page/base64.js";
import { count } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import type { UnitWeights } from "./unit-weights.js";

/** Units of a layer as pictures, ready to be shown. */
export interface WeightPictures {
  readonly weights: UnitWeights;
  /** Weight at full colour: the largest distance from 0 among those shown. */
  readonly extreme: number;
  /** One PNG a unit and channel. */
  readonly pngs: readonly Uint8Array[];
}

/** Colours of the largest weights below and above 0; 0 is white. */
const NEGATIVE = [178, 58, 16];
const POSITIVE = [18, 84, 176];
/** Side to which pictures are drawn, in CSS pixels, about. */
const SHOWN_PX = 64;

/** Colours the weights of each unit, all on one scale: orange below 0, white at 0, blue above. */
export async function weightPictures(weights: UnitWeights): Promise<WeightPictures> {
  const { images, width, height } = weights;
  let extreme = 0;
  for (const { values } of images) {
    for (const value of values) extreme = Math.max(extreme, Math.abs(value));
  }
  const pngs = await Promise.all(
    images.map(({ values }) => encodePng(coloured(values, extreme || 1), { width, height })),
  );
  return { weights, extreme, pngs };
}

function coloured(values: Float32Array, extreme: number): Uint8Array {
  const pixels = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) pixels.set(colourOf(values[i] / extreme), 3 * i);
  return pixels;
}

/**
 * Red, green and blue of a weight from -1 to 1. The square root lets small weights show, most of
 * which are.
 */
function colourOf(weight: number): number[] {
  const full = weight < 0 ? NEGATIVE : POSITIVE;
  return full.map((value) => Math.round(255 + Math.sqrt(Math.abs(weight)) * (value - 255)));
}

/** The colours from the lowest weight to the highest, as the pictures use them. */
function colourScale(): string {
  const stops = Array.from({ length: 17 }, (_, i) => `rgb(${colourOf(i / 8 - 1).join(" ")})`);
  return `background:linear-gradient(90deg,${stops.join(",")})`;
}

/**
 * The pictures with their scale and what they mean.
 *
 * @param classes - what the units stand for, where the layer is the last one
 */
export function weightGallery(
  { weights, extreme, pngs }: WeightPictures,
  classes: readonly string[] | undefined,
): Markup {
  const { type, images, units, width, height } = weights;
  const channels = new Set(images.map(({ channel }) => channel)).size;
  const side = Math.max(1, Math.round(SHOWN_PX / Math.max(width, height)));
  const nameOf = (unit: number): string => classes?.[unit] ?? `${unit}`;
  const seen =
    type === "dense"
      ? `What each of the ${count(units)} units of the first layer looks for in the image`
      : `The ${count(units)} filters of the first layer, ${height} × ${width} pixels each`;
  const shownUnits = new Set(images.map(({ unit }) => unit)).size;
  const part = shownUnits < units ? ` The first ${shownUnits} are shown.` : "";
  return html`<p class="quiet">${seen}: ink on blue speaks for the unit, ink on orange against it.${part}</p>
<div class="scale"><span>−${extreme.toPrecision(2)}</span><i style="${colourScale()}"></i><span>+${extreme.toPrecision(2)}</span></div>
<ul class="units">
${images.map(({ unit, channel }, i) => {
  const name = channels > 1 ? `${nameOf(unit)}, channel ${channel}` : nameOf(unit);
  return html`<li><img src="data:image/png;base64,${base64(pngs[i])}" alt="Weights of ${type === "dense" ? "unit" : "filter"} ${name}" width="${width * side}" height="${height * side}"><span>${name}</span></li>
`;
})}</ul>`;
}
