import { lstat, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Command } from "commander";
import { DataError } from "../../base/index.js";
import { usageError } from "../command-error.js";
import type { Io } from "../io.js";
import { nonEmpty } from "../option-values.js";
import { printJson } from "../print-json.js";
import { failureLine } from "../report-failure.js";
import { type RunSummary, runFoldersIn, summarizeRun } from "../run-summary.js";
import { comparisonTable, runsTable, runText } from "../runs-text.js";
import { differingSettings, settingsOf } from "../settings.js";
import { decisiveSettings } from "../stored-config.js";

interface JsonOption {
  readonly json?: boolean;
}

export function runsCommand(io: Io): Command {
  const list = new Command("list")
    .description("Lists the runs of a folder: what each is, and how far it came.")
    .argument("[folder]", "where runs are kept", nonEmpty("folder"), "runs")
    .option("--json", "print one JSON record a run")
    .action((folder: string, options: JsonOption) => listRuns(folder, options, io));

  const show = new Command("show")
    .description("Tells everything about one run.")
    .argument("<run>", "the folder of a run", nonEmpty("run"))
    .option("--json", "print it as one JSON record")
    .action((run: string, options: JsonOption) => showRun(run, options, io));

  const compare = new Command("compare")
    .description(
      "Puts runs side by side: the settings in which they differ, and what came of them.",
    )
    .argument("<runs...>", "folders of two runs or more")
    .option("--json", "print it as one JSON record")
    .action((runs: string[], options: JsonOption) => compareRuns(runs, options, io));

  const remove = new Command("rm")
    .description("Removes runs, with their models and checkpoints, for good.")
    .argument("<runs...>", "folders of runs")
    .option("--yes", "really do it")
    .option("--json", "print one JSON record a run")
    .action((runs: string[], options: JsonOption & { yes?: boolean }) =>
      removeRuns(runs, options, io),
    );

  return new Command("runs")
    .description("Lists, shows, compares and removes the runs that train has kept.")
    .addCommand(list)
    .addCommand(show)
    .addCommand(compare)
    .addCommand(remove)
    .addHelpText("after", examples);
}

const examples = `
Examples:
  inkling runs list                              those in runs/
  inkling runs show runs/mlp-20260131-235959
  inkling runs compare runs/a runs/b             where do they differ?
  inkling runs rm runs/a --yes                   for good`;

async function listRuns(folder: string, { json = false }: JsonOption, io: Io): Promise<void> {
  const path = resolve(io.cwd, folder);
  const runs: RunSummary[] = [];
  for (const name of await runFoldersIn(path)) {
    const run = join(folder, name);
    try {
      runs.push(await summarizeRun(join(path, name), run));
    } catch (error) {
      // One that cannot be read does not hide the others.
      io.stderr.write(`warning: ${failureLine(error)}\n`);
    }
  }
  if (json) for (const run of runs) printJson(io, jsonOf(run));
  else if (runs.length > 0) io.stdout.write(runsTable(runs));
  else io.stdout.write(`${folder} holds no runs\n`);
}

async function showRun(run: string, { json = false }: JsonOption, io: Io): Promise<void> {
  const summary = await summarizeRun(resolve(io.cwd, run), run);
  if (json) printJson(io, { ...jsonOf(summary), config: summary.config });
  else io.stdout.write(runText(summary));
}

async function compareRuns(
  names: readonly string[],
  { json = false }: JsonOption,
  io: Io,
): Promise<void> {
  if (names.length < 2)
    throw usageError(`runs compare: needs two runs or more, got ${names.length}`);
  const runs: RunSummary[] = [];
  for (const name of names) runs.push(await summarizeRun(resolve(io.cwd, name), name));
  if (!json) {
    io.stdout.write(comparisonTable(runs));
    return;
  }
  const decisive = runs.map(({ config }) => decisiveSettings(config));
  const settings = decisive.map((each) => settingsOf(each));
  const differing = differingSettings(decisive).map((path) => [
    path,
    settings.map((each) => JSON.parse(each.get(path) ?? "null") as unknown),
  ]);
  printJson(io, { differing: Object.fromEntries(differing), runs: runs.map(jsonOf) });
}

async function removeRuns(
  names: readonly string[],
  { json = false, yes = false }: JsonOption & { yes?: boolean },
  io: Io,
): Promise<void> {
  const paths: string[] = [];
  // All are looked at before any is removed.
  for (const name of names) paths.push(await removablePath(name, io));
  if (!yes) {
    throw usageError(`runs rm: would remove ${names.join(", ")} for good; say --yes to do it`);
  }
  for (const [index, path] of paths.entries()) {
    await rm(path, { recursive: true });
    if (json) printJson(io, { event: "removed", run: names[index] });
    else io.stdout.write(`removed ${names[index]}\n`);
  }
}

/** Fails unless this is the folder of a run that nobody works in or on. */
async function removablePath(run: string, io: Io): Promise<string> {
  const path = resolve(io.cwd, run);
  const { state } = await summarizeRun(path, run);
  if (state === "running") {
    throw new DataError(`${run}: must be a run that nobody works on, got one at work`);
  }
  if ((await lstat(path)).isSymbolicLink()) {
    throw new DataError(`${run}: must be the folder of a run itself, got a link to one`);
  }
  const isAround = !relative(path, resolve(io.cwd)).startsWith("..");
  const inside = await runFoldersIn(path);
  if (isAround || inside.length > 0) {
    const got = isAround ? "the current one or one around it" : `one that holds ${inside[0]}`;
    throw new DataError(`${run}: must be a folder of one run and nothing else, got ${got}`);
  }
  return path;
}

function jsonOf({ config, result, accuracy = Number.NaN, ...summary }: RunSummary) {
  const { recipe, data, seed, startedAt } = config;
  return {
    ...summary,
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
    recipe: recipe.name,
    data: data.name,
    seed,
    epochsPlanned: recipe.training.epochs,
    startedAt,
    result: result ?? null,
  };
}
