import {
  figureOf,
  ranked,
  type SearchPoint,
  type SearchValue,
  type Trial,
} from "../../train/index.js";
import type { Style } from "../terminal/style.js";
import { formatTable } from "../terminal/table.js";

/** Trials in the table of a finished study. */
const SHOWN = 10;

/** `training.learningRate` → `learningRate`; whole paths where two would be called alike. */
export function shortNames(names: readonly string[]): string[] {
  const lastOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  const short = names.map(lastOf);
  return names.map((name, i) => {
    const isAlone = short.filter((other) => other === short[i]).length === 1;
    return isAlone && Number.isNaN(Number(short[i])) ? short[i]! : name;
  });
}

/** One line: what was tried, and what came of it. */
export function trialLine(
  trial: Trial,
  { trials, best, goal }: { trials: number; best: Trial | undefined; goal: string },
): string {
  const number = `trial ${(trial.number + 1).toString().padStart(`${trials}`.length)}/${trials}`;
  const { length } = trial.curve;
  const came =
    trial.state === "failed"
      ? `failed: ${trial.reason}`
      : `${goal} ${figureOf(trial).toFixed(4)}${trial.state === "pruned" ? `, given up after ${length} ${length === 1 ? "epoch" : "epochs"}` : ""}`;
  const mark = best?.number === trial.number ? ", the best so far" : "";
  return `${number}  ${valuesText(trial.values)}  ${came}${mark}  ${trial.seconds.toFixed(1)} s`;
}

function valuesText(values: SearchPoint): string {
  const names = shortNames(Object.keys(values));
  return Object.values(values)
    .map((value, i) => `${names[i]} ${valueText(value)}`)
    .join(", ");
}

export function valueText(value: SearchValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The best trials as a table, and how much each setting decided. */
export function studyText(
  trials: readonly Trial[],
  {
    importance,
    goal,
    style,
  }: {
    importance: Readonly<Record<string, number>>;
    goal: string;
    style: Style;
  },
): string {
  const { bold, dim } = style;
  const names = Object.keys(importance);
  const heading = ["trial", goal, "epochs", ...shortNames(names)].map(dim);
  const rows = ranked(trials)
    .filter(({ state }) => state !== "failed")
    .slice(0, SHOWN)
    .map((trial, i) => {
      const { number, curve, values } = trial;
      const cells = [
        `${number + 1}`,
        figureOf(trial).toFixed(4),
        `${curve.length}`,
        ...names.map((name) => valueText(values[name]!)),
      ];
      return i === 0 ? cells.map(bold) : cells;
    });
  const explained = [
    dim("decides"),
    "",
    "",
    ...names.map((name) => importanceText(importance[name]!)),
  ];
  return formatTable([heading, ...rows, explained], "r".repeat(heading.length));
}

function importanceText(share: number): string {
  return `${Math.round(100 * share)} %`;
}
