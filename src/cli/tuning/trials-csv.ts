import { csv } from "../../evaluate/index.js";
import { figureOf, type Trial } from "../../train/index.js";
import { valueText } from "./study-text.js";

/** One line a trial, in the order of their numbers; settings come last but for why a trial failed. */
export function trialsCsv(trials: readonly Trial[], settings: readonly string[]): string {
  const header = ["trial", "state", "figure", "epochs", "seconds", ...settings, "reason"];
  const rows = trials
    .toSorted((a, b) => a.number - b.number)
    .map((trial) => {
      const { number, state, curve, seconds, values, reason = null } = trial;
      const figure = curve.length === 0 ? null : figureOf(trial);
      const shown = settings.map((name) => valueText(values[name]!));
      return [number + 1, state, figure, curve.length, seconds, ...shown, reason];
    });
  return csv([header, ...rows]);
}
