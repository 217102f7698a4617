export { Ink } from "./ink.js";
export { nibWidth } from "./nib-width.js";
export { paintInk } from "./paint-ink.js";
export { paintSheet } from "./paint-sheet.js";
export { SAMPLE_DIGITS, sampleDigit } from "./sample-digits.js";
export type { InkPoint, Stroke, Strokes } from "./stroke.js";
export { writeOut } from "./write-out.js";
