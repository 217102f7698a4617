import type { RunFigures } from "./run-result.js";
import type { RunSummary } from "./run-summary.js";
import { differingSettings, settingsOf } from "./settings.js";
import { decisiveSettings } from "./stored-config.js";
import { clock, count, percent, printable } from "./terminal/format.js";
import { formatTable } from "./terminal/table.js";

/** Settings that say nothing more than others do: the digest of all data stands for its files. */
const UNTOLD = /^data\.files|^recipe\.(summary|reported)/;
/** Characters of a setting's value that are shown. */
const MAX_SETTING = 20;
/** Shown where nothing is known. */
const NONE = "–";

/** One line a run. */
export function runsTable(runs: readonly RunSummary[]): string {
  const header = ["run", "state", "recipe", "data", "epochs", "accuracy", "of", "time", "begun"];
  const rows = runs.map(({ run, state, config, epochs, seconds, accuracy, accuracyOf }) => [
    run,
    state,
    config.recipe.name,
    config.data.name,
    epochsText(epochs, config.recipe.training.epochs),
    accuracy === undefined ? NONE : percent(accuracy),
    accuracy === undefined ? "" : accuracyOf,
    clock(seconds),
    config.startedAt.slice(0, 10),
  ]);
  return formatTable([header, ...rows], "llllrrlrl");
}

/** Everything about one run that is worth a line. */
export function runText(summary: RunSummary): string {
  const { run, state, config, epochs, seconds, result } = summary;
  const { recipe, data, seed, validation, startedAt, versions } = config;
  const rows = [
    ["run", run],
    ["state", state],
    ["recipe", `${recipe.name}: ${recipe.summary}`],
    ["data", `${data.name}: ${count(data.train)} to learn from, ${count(data.test)} to test on`],
    ["begun", `${startedAt}, inkling ${versions.inkling}`],
    ["epochs", epochsText(epochs, recipe.training.epochs)],
    ["time", clock(seconds)],
    ["seed", `${seed}`],
    ["validation", `${validation}`],
    ...[...settingsOf(recipe.training)].map(([path, text]) => [path, settingText(text)]),
    ...(result ? resultRows(result) : lastRows(summary)),
  ];
  const wayOn = state === "interrupted" ? `go on with: inkling train --resume ${run}\n` : "";
  return formatTable(rows, "ll") + wayOn;
}

/** Settings in which runs differ, and what each came to, side by side. */
export function comparisonTable(runs: readonly RunSummary[]): string {
  const decisive = runs.map(({ config }) => decisiveSettings(config));
  const settings = decisive.map((each) => settingsOf(each));
  const differing = differingSettings(decisive).filter((path) => !UNTOLD.test(path));
  const cells = (name: string, cell: (summary: RunSummary) => string) => [name, ...runs.map(cell)];
  const figures = (
    name: string,
    figures: (summary: RunSummary) => RunFigures | null | undefined,
  ) => [
    cells(`${name} accuracy`, (run) => share(figures(run)?.accuracy)),
    cells(`${name} loss`, (run) => figures(run)?.loss.toFixed(4) ?? NONE),
  ];
  const rows = [
    ["", ...runs.map(({ run }) => run)],
    ...differing.map((path) => [
      path.replace(/^recipe\./, ""),
      ...settings.map((each) => settingText(each.get(path))),
    ]),
    cells("state", ({ state }) => state),
    cells("epochs", ({ epochs, config }) => epochsText(epochs, config.recipe.training.epochs)),
    cells("time", ({ seconds }) => clock(seconds)),
    ...figures("training", ({ result }) => result?.train),
    ...figures("test", ({ result }) => result?.test),
  ];
  const same = differing.length === 0 ? "the runs do not differ in any setting\n" : "";
  const hint = `is one better, or is it chance? inkling compare ${runs.map(({ run }) => run).join(" ")}\n`;
  return `${formatTable(rows, `l${"r".repeat(runs.length)}`)}${same}${hint}`;
}

function resultRows({ train, test, bestEpoch, stoppedEarly }: NonNullable<RunSummary["result"]>) {
  const row = (name: string, { accuracy, loss, n }: RunFigures) => [
    name,
    `accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}, ${count(n)} samples`,
  ];
  const best = bestEpoch === null ? [] : [["weights of epoch", `${bestEpoch}`]];
  const early = stoppedEarly ? [["stopped early", "yes"]] : [];
  return [...best, ...early, row("training", train), ...(test ? [row("test", test)] : [])];
}

function lastRows({ accuracy, accuracyOf }: RunSummary): string[][] {
  return accuracy === undefined ? [] : [[`${accuracyOf} so far`, `accuracy ${percent(accuracy)}`]];
}

function share(accuracy: number | undefined): string {
  return accuracy === undefined ? NONE : percent(accuracy);
}

/** A setting as people write it, from JSON. */
function settingText(json: string | undefined): string {
  if (json === undefined) return NONE;
  const text = json.startsWith('"') ? (JSON.parse(json) as string) : json;
  return text.length > MAX_SETTING
    ? `${printable(text.slice(0, MAX_SETTING - 1))}…`
    : printable(text);
}

function epochsText(done: number, planned: number): string {
  return done === planned ? `${done}` : `${done}/${planned}`;
}
