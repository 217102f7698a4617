import { figureOf, type Trial } from "../../train/index.js";
import { valueText } from "./study-text.js";

/** One line a trial, in the order of their numbers. */
export function trialsCsv(trials: readonly Trial[], settings: readonly string[]): string {
  const header = ["trial", "state", "figure", "epochs", "seconds", ...settings];
  const rows = trials
    .toSorted((a, b) => a.number - b.number)
    .map((trial) => {
      const { number, state, curve, seconds, values } = trial;
      const figure = curve.length === 0 ? "" : figureOf(trial);
      const shown = settings.map((name) => valueText(values[name]!));
      return [number + 1, state, figure, curve.length, seconds, ...shown];
    });
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** Quoted where it must be (RFC 4180). */
function cell(value: string | number): string {
  const text = `${value}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
