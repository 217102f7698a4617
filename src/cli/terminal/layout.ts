import type { Style } from "./style.js";

/** How text is laid out for a terminal. */
export interface Layout {
  readonly style: Style;
  /** Width in characters, kept to where it is at least 40. */
  readonly columns: number;
}
