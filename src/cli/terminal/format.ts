/** Numbers and texts as people read them. */
export { count, percent } from "../../base/index.js";

/** What stands for a figure without meaning, such as the recall of a class without images. */
export const NO_FIGURE = "–";

/** A ratio with four decimals; what is not quite 1 is never called so: 0.99999 → `>0.9999`. */
export function figure(ratio: number): string {
  const text = ratio.toFixed(4);
  return text === "1.0000" && ratio < 1 ? ">0.9999" : text;
}

const ESCAPE = "\x1b";

/** Seconds as a clock: 72 → `1:12`, 3672 → `1:01:12`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => value.toString().padStart(2, "0");
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** 9912422 → `9.9 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} kB`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

/** Text from a file, harmless to a terminal: control characters could move its cursor, or worse. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\ufffd");
}

/** Characters a text takes on screen: escape codes take none. */
export function visibleLength(text: string): number {
  let length = 0;
  let inEscape = false;
  for (const character of text) {
    if (character === ESCAPE) inEscape = true;
    else if (!inEscape) length++;
    else if (character === "m") inEscape = false;
  }
  return length;
}
