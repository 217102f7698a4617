import type { Random } from "../../base/index.js";
import { type ImageSet, imageAt, subset } from "../../data/index.js";
import { percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { type ImageSheet, tile } from "../page/image-sheet.js";
import { scrollable } from "../page/scrollable.js";
import { corruptedSet } from "./corrupted-set.js";
import { corruptions } from "./corruptions.js";
import type { Robustness } from "./robustness.js";

/** One image under every corruption at every strength, row after row. */
export interface CorruptionSamples {
  readonly images: readonly Uint8Array[];
}

/** What the corruptions make of the image at `index`. */
export function corruptionSamples(
  set: ImageSet,
  { index, random }: { readonly index: number; readonly random: Random },
): CorruptionSamples {
  const one = subset(set, [index]);
  return {
    images: corruptions.flatMap((corruption) =>
      corruption.strengths.map(
        (strength) => corruptedSet(one, { corruption, strength, random }).images,
      ),
    ),
  };
}

/** The set with the samples behind it, so that one sheet can show both. */
export function withSamples(set: ImageSet, { images: samples }: CorruptionSamples): ImageSet {
  const size = imageAt(set, 0).length;
  const images = new Uint8Array(set.images.length + samples.length * size);
  images.set(set.images);
  for (const [i, image] of samples.entries()) images.set(image, set.images.length + i * size);
  return { ...set, count: set.count + samples.length, images };
}

/**
 * A heat map of accuracies: one row a corruption, one column a strength, in each cell what it does to
 * an image and how many each model still reads.
 *
 * @param options.first - place of the first sample on the sheet's set
 */
export function robustnessTable(
  models: readonly { readonly name: string; readonly robustness: Robustness }[],
  {
    samples,
    sheet,
    first,
  }: { readonly samples: CorruptionSamples; readonly sheet: ImageSheet; readonly first: number },
): Markup {
  const { rows } = models[0].robustness;
  const columns = samples.images.length / rows.length;
  const table = html`<table class="heat">
<thead><tr><th scope="col">Corruption</th>${Array.from({ length: columns }, (_, i) => html`<th scope="col">Strength ${i + 1}</th>`)}<th scope="col">Mean</th></tr></thead>
<tbody>
${rows.map(
  (
    { corruption, unit, what, cells },
    row,
  ) => html`<tr><th scope="row">${corruption}<span class="quiet">${what}</span></th>${cells.map(
    ({ strength }, column) =>
      html`<td>${tile(sheet, first + row * columns + column)}<span class="quiet">${amount(strength, unit)}</span>${models.map(({ name, robustness }) => share(name, robustness.rows[row].cells[column].accuracy))}</td>`,
  )}<td>${models.map(({ name, robustness }) => share(name, robustness.rows[row].mean))}</td></tr>
`,
)}</tbody>
<tfoot><tr><th scope="row">all</th><td colspan="${columns}"></td><td>${models.map(({ name, robustness }) => share(name, robustness.mean))}</td></tr></tfoot>
</table>`;
  return html`<p class="quiet">Share of the images that are still read right; each image is corrupted the same way for every model.</p>
${scrollable("Accuracy under corruptions", table)}`;
}

/** `3 px`, `8°`, `× 1.1` */
function amount(strength: number, unit: string): string {
  if (unit === "×") return `× ${strength}`;
  return unit === "°" ? `${strength}°` : `${strength} ${unit}`;
}

function share(name: string, accuracy: number): Markup {
  return html`<span class="share" style="--share:${Math.round(100 * accuracy)}%"><span>${name}</span> <b>${percent(accuracy, 1)}</b></span>`;
}
