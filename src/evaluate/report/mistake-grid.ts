import type { Mistake } from "../worst-mistakes.js";
import { percent } from "./format.js";
import { html, type Markup } from "./html.js";

/** Misread images with what they are and what they were taken for. */
export function mistakeGrid(mistakes: readonly Mistake[]): Markup {
  return html`<ul class="mistakes">
${mistakes.map(
  ({
    index,
    actual,
    predicted,
    confidence,
    png,
  }) => html`<li><img src="data:image/png;base64,${base64(png)}" alt="Image ${index}: a ${actual} read as ${predicted}" width="84" height="84">
<p><b class="is">${actual}</b> read as <b class="said">${predicted}</b></p><p class="quiet">${percent(confidence, 1)} sure<br>image ${index}</p></li>
`,
)}</ul>`;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
