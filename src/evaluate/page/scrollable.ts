import { html, type Markup } from "./html.js";

/** Content that may be wider than the page: it scrolls by itself, with the keyboard too. */
export function scrollable(label: string, content: Markup): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>`;
}
