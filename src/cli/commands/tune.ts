import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { DataError } from "../../base/index.js";
import { renderTuning } from "../../evaluate/index.js";
import {
  bestOf,
  gridSize,
  importances,
  type PrunerName,
  pruners,
  runStudy,
  type SamplerName,
  samplerOf,
  type Trial,
} from "../../train/index.js";
import { chosenRecipe } from "../chosen-recipe.js";
import { usageError } from "../command-error.js";
import { addDataOptions, type DataOptions } from "../data-options.js";
import { interruptedError } from "../interruptible.js";
import type { Interrupt, Io } from "../io.js";
import { folderName, integerIn, nonEmpty, oneOf, share } from "../option-values.js";
import { printJson } from "../print-json.js";
import { addRecipeChange, type RecipeChange } from "../recipe-changes.js";
import { defaultRunName } from "../run-folder.js";
import { clock } from "../terminal/format.js";
import { styleFor } from "../terminal/style.js";
import { searchSpaceOf } from "../tuning/search-space-option.js";
import { type StudyConfig, StudyFolder } from "../tuning/study-folder.js";
import { studyText, trialLine } from "../tuning/study-text.js";
import { type Goal, runTrialProcess } from "../tuning/trial-process.js";
import { trialsCsv } from "../tuning/trials-csv.js";

interface TuneOptions extends DataOptions {
  readonly space?: readonly string[];
  readonly trials: number;
  readonly sampler: SamplerName;
  readonly pruner: PrunerName;
  readonly jobs: number;
  readonly goal: Goal;
  readonly epochs?: number;
  readonly validation: number;
  readonly threads?: number;
  readonly seed: number;
  readonly set?: readonly RecipeChange[];
  readonly out: string;
  readonly name?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

const samplers = ["random", "grid", "tpe"] as const;
const goals = ["loss", "error"] as const;

export function tuneCommand(io: Io): Command {
  const command = new Command("tune")
    .description("Searches for the settings with which a recipe learns best, on images held out.")
    .argument("[recipe]", "a recipe, or a recipe or model in a .json file", nonEmpty("recipe"))
    .option(
      "--space <settings>",
      "what to search: a .json file, or as `training.learningRate=1e-4..0.1 log; layers.1.units=32|64`; may be repeated",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--trials <n>", "trainings in all", integerIn("--trials", 1, 100_000), 20)
    .addOption(choice("--sampler", samplers, "how settings are proposed", "tpe"))
    .addOption(
      choice(
        "--pruner",
        ["none", "median", "halving"],
        "which trials are given up early",
        "median",
      ),
    )
    .option("--jobs <n>", "trials at the same time, each a process", integerIn("--jobs", 1, 64), 1)
    .addOption(choice("--goal", goals, "what is to be small on the images held out", "loss"));
  return addDataOptions(command)
    .option("--epochs <n>", "of a trial (default: the recipe's)", integerIn("--epochs", 1, 10_000))
    .option(
      "--validation <share>",
      "share of the training images held out to judge by",
      share("--validation", { whole: false }),
      0.1,
    )
    .option(
      "--set <path=value>",
      "change the recipe for all trials; may be repeated",
      addRecipeChange,
    )
    .option(
      "--threads <n>",
      "threads of each trial (default: the cores, shared out among the jobs)",
      integerIn("--threads", 1, 64),
    )
    .option("--seed <n>", "same seed, same study", integerIn("--seed", 0, 4_294_967_295), 1)
    .option("--resume <study>", "go on with a study that was interrupted", nonEmpty("--resume"))
    .option("--out <folder>", "where studies are kept", nonEmpty("--out"), "runs")
    .option("--name <name>", "name of the study (default: recipe and time)", folderName("--name"))
    .option("--json", "print one JSON record a trial, and one at the end")
    .addHelpText("after", examples)
    .action((recipe: string | undefined, options: TuneOptions) => {
      if (options.resume !== undefined)
        return resume(options.resume, recipe, { options, command, io });
      if (recipe === undefined) throw usageError("tune: needs a recipe, got none");
      const isAsked = (name: string) => command.getOptionValueSource(name) === "cli";
      return begin(recipe, options, { isAsked, io });
    });
}

const examples = `
Settings are paths into the recipe, as with --set; inkling recipes NAME --json shows them. A range is
of integers where both ends are written as such; after it, log makes factors count. The test images
decide nothing.

Examples:
  inkling tune mlp --space "training.learningRate=1e-4..0.1 log; layers.1.units=32|64|128"
  inkling tune cnn --space space.json --trials 50 --jobs 2 --pruner halving --epochs 9
  inkling tune --resume runs/tune-mlp-20260131-235959`;

function choice<T extends string>(
  flag: string,
  names: readonly T[],
  what: string,
  usual: T,
): Option {
  return new Option(`${flag} <name>`, `${what}: ${names.join(", ")}`)
    .argParser(oneOf(flag, names))
    .default(usual);
}

async function begin(
  recipe: string,
  options: TuneOptions,
  { isAsked, io }: { isAsked: (name: string) => boolean; io: Io },
): Promise<void> {
  const { sampler, pruner, jobs, goal, seed, set: changes = [], out } = options;
  if (options.space === undefined) throw usageError("tune: needs a --space to search, got none");
  if (options.validation === 0) throw usageError("--validation: must be above 0 for tuning, got 0");
  const space = await searchSpaceOf(options.space, io.cwd);
  const chosen = await chosenRecipe(recipe, io.cwd, changes);
  // Paths that lead nowhere are told now, not by every trial.
  const first = samplerOf("random", space, seed)(0, []) ?? {};
  const changed = Object.entries(first).map(([path, value]) => ({ path, value }));
  await chosenRecipe(recipe, io.cwd, [...changes, ...changed]);
  const trials = sampler === "grid" ? Math.min(options.trials, gridSize(space)) : options.trials;
  const name = options.name ?? defaultRunName(`tune-${chosen.recipe.name}`, new Date());
  const study = join(out, name);
  const folder = new StudyFolder(resolve(io.cwd, study));
  await makeFolder(folder.path, study);
  const config: StudyConfig = {
    startedAt: new Date().toISOString(),
    recipe,
    changes,
    space,
    trials,
    jobs,
    sampler,
    pruner,
    goal,
    seed,
    trainOptions: trainOptionsOf(options, isAsked),
    cwd: io.cwd,
  };
  await folder.begin(config);
  await run(folder, study, { config, json: options.json ?? false, io });
}

async function makeFolder(path: string, study: string): Promise<void> {
  await mkdir(resolve(path, ".."), { recursive: true });
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const hint = `go on with it by --resume ${study}, or choose another name`;
    throw usageError(`--name: must not name a folder that exists, got ${study}; ${hint}`);
  }
}

/** What `inkling train` is told for all trials alike. */
function trainOptionsOf(options: TuneOptions, isAsked: (name: string) => boolean): string[] {
  const { data, label, dataDir, offline, epochs, validation, seed, jobs } = options;
  const { threads = Math.max(1, Math.floor(availableParallelism() / jobs)) } = options;
  return [
    ...(isAsked("data") ? ["--data", data] : []),
    ...(label === undefined ? [] : ["--label", label]),
    ...(dataDir === undefined ? [] : ["--data-dir", dataDir]),
    ...(offline ? ["--offline"] : []),
    ...(epochs === undefined ? [] : ["--epochs", `${epochs}`]),
    ...["--validation", `${validation}`, "--threads", `${threads}`, "--seed", `${seed}`],
  ];
}

/** Options that may be said anew when a study goes on. */
const RESUMABLE = ["resume", "trials", "json"];

async function resume(
  study: string,
  recipe: string | undefined,
  { options, command, io }: { options: TuneOptions; command: Command; io: Io },
): Promise<void> {
  const asked = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === "cli",
  );
  const stranger = asked.find((option) => !RESUMABLE.includes(option.attributeName()))?.long;
  if (stranger !== undefined || recipe !== undefined) {
    const got = stranger ?? `"${recipe}"`;
    throw usageError(`--resume: goes on with the study as it was begun, got ${got} too`);
  }
  const folder = new StudyFolder(resolve(io.cwd, study));
  const stored = await folder.config(study);
  const moreTrials = asked.some((option) => option.attributeName() === "trials");
  const config = moreTrials ? { ...stored, trials: options.trials } : stored;
  if (moreTrials) await folder.begin(config);
  await run(folder, study, { config, json: options.json ?? false, io });
}

async function run(
  folder: StudyFolder,
  study: string,
  { config, json, io }: { config: StudyConfig; json: boolean; io: Io },
): Promise<void> {
  const { space, trials, jobs, seed } = config;
  const goal = config.goal as Goal;
  const finished = await folder.trials();
  const all = [...finished];
  const abort = new AbortController();
  let signal: Interrupt | undefined;
  const stopListening = io.onInterrupt((received) => {
    signal = received;
    abort.abort();
  });
  const startMs = performance.now();
  try {
    await runStudy({
      trials,
      jobs,
      sampler: samplerOf(config.sampler as SamplerName, space, seed),
      pruner: pruners[config.pruner as PrunerName],
      finished,
      signal: abort.signal,
      work: ({ number, values }, isHopeless) =>
        runTrialProcess({
          command: io.command,
          cwd: config.cwd,
          argv: trialArguments(config, values),
          parent: join(folder.path, "trials"),
          name: StudyFolder.trialName(number),
          goal,
          signal: abort.signal,
          isHopeless,
        }),
      async onTrial(trial) {
        await folder.add(trial);
        all.push(trial);
        tell(trial);
      },
    });
  } catch (error) {
    if (signal === undefined) throw error;
  } finally {
    stopListening();
  }
  if (signal !== undefined) {
    if (json) printJson(io, { event: "interrupted", study, trials: all.length });
    const wayOn = `${all.length} of ${trials} trials are kept; go on with: inkling tune --resume ${study}`;
    throw interruptedError(signal, `before the study was done; ${wayOn}`);
  }
  await finish();

  function tell(trial: Trial): void {
    if (json) {
      printJson(io, { event: "trial", ...trial });
      return;
    }
    const done = all.length - finished.length;
    const left = ((performance.now() - startMs) / 1000 / done) * (trials - all.length);
    const line = trialLine(trial, { trials, best: bestOf(all), goal });
    io.stderr.write(`${line}${all.length < trials ? `, ${clock(left)} left` : ""}\n`);
  }

  async function finish(): Promise<void> {
    const best = bestOf(all);
    const importance = importances(space, all);
    await folder.write("trials.csv", trialsCsv(all, Object.keys(space)));
    const title = `Tuning of ${config.recipe}`;
    await folder.write(
      "tuning.html",
      renderTuning({ title, space, trials: all, importance, goal }),
    );
    if (best === undefined) {
      const reason = all.find(({ state }) => state === "failed")?.reason;
      const got = reason === undefined ? "none" : `failures only, as: ${reason}`;
      throw new DataError(`${study}: at least one trial must come to its end, got ${got}`);
    }
    const bestRun = join("trials", StudyFolder.trialName(best.number));
    const { recipe } = JSON.parse(
      await readFile(join(folder.path, bestRun, "config.json"), "utf8"),
    ) as { recipe: object };
    await folder.write("best.json", `${JSON.stringify(recipe, undefined, 2)}\n`);
    if (json) {
      printJson(io, { event: "end", study, best, importance });
      return;
    }
    const style = styleFor(io.stdout, io.env);
    io.stdout.write(studyText(all, { importance, goal, style }));
    io.stdout.write(
      `the best settings are kept in ${join(study, "best.json")}: inkling train ${join(study, "best.json")}\n`,
    );
    io.stdout.write(`pictures: ${join(study, "tuning.html")}\n`);
  }
}

function trialArguments(config: StudyConfig, values: Readonly<Record<string, unknown>>): string[] {
  const changes = [
    ...config.changes,
    ...Object.entries(values).map(([path, value]) => ({ path, value })),
  ];
  const sets = changes.flatMap(({ path, value }) => ["--set", `${path}=${JSON.stringify(value)}`]);
  return ["train", config.recipe, ...config.trainOptions, ...sets];
}
