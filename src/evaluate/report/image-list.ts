import { percent } from "../page/format.js";
import { html, type Markup } from "../page/html.js";
import { type ImageSheet, tile } from "../page/image-sheet.js";
import type { ImageReading } from "../readings.js";
import type { ReportImages } from "./report-images.js";

/** Images with what they are and what the model took them for. */
export function imageList(sheet: ImageSheet, readings: readonly ImageReading[]): Markup {
  return html`<ul class="images">
${readings.map((reading) => {
  const { index, actual, predicted, confidence } = reading;
  const kind = actual === predicted ? "right" : "wrong";
  return html`<li class="${kind}">${tile(sheet, index)}
<p><b class="is">${actual}</b> read as <b class="said">${predicted}</b></p><p class="quiet">${percent(confidence, 1)} sure<br>image ${index}</p></li>
`;
})}</ul>`;
}

/** A sample of all, the wrong ones apart, and right answers that nearly were none. */
export function imageSections(images: ReportImages): Markup {
  const { sheet, wrong, surest, leastSure, barelyRight, sample } = images;
  const group = (title: string, text: string, readings: readonly ImageReading[]) =>
    readings.length === 0
      ? undefined
      : html`<h3>${title}</h3>
<p class="quiet">${text}</p>
${imageList(sheet, readings)}`;
  return html`${group(
    "A sample of all",
    `${sample.length} images at even distances through the set. Under each: what it is, what the model read, how sure it was.`,
    sample,
  )}${wrong === 0 ? html`<p>No image was misread.</p>` : undefined}${group(
    "Misread, surest first",
    surest.length === wrong ? "All mistakes." : `The ${surest.length} worst of ${wrong} mistakes.`,
    surest,
  )}${group(
    "Misread, least sure first",
    "Mistakes that a refusal of unsure answers would catch first.",
    leastSure,
  )}${group("Right, but least sure", "Answers that would be refused first.", barelyRight)}`;
}
