import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import {
  gridSize,
  type PrunerName,
  pruners,
  type SamplerName,
  samplerOf,
} from "../../train/index.js";
import { chosenRecipe } from "../chosen-recipe.js";
import { usageError } from "../command-error.js";
import { addDataOptions, type DataOptions } from "../data-options.js";
import type { Io } from "../io.js";
import {
  addPreparationSteps,
  folderName,
  integerIn,
  nonEmpty,
  oneOf,
  share,
} from "../option-values.js";
import { addRecipeChange, changedBy, type RecipeChange } from "../recipe-changes.js";
import { defaultRunName } from "../run-folder.js";
import { conductStudy } from "../tuning/conduct-study.js";
import { searchSpaceOf } from "../tuning/search-space-option.js";
import {
  goals,
  MAX_JOBS,
  MAX_TRIALS,
  type StudyConfig,
  StudyFolder,
  samplers,
} from "../tuning/study-folder.js";
import { trialArguments } from "../tuning/trial-arguments.js";
import { expectTrainable, type Goal } from "../tuning/trial-process.js";

interface TuneOptions extends DataOptions {
  readonly space?: readonly string[];
  readonly prepare?: readonly string[];
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

export function tuneCommand(io: Io): Command {
  const command = new Command("tune")
    .description("Searches for the settings with which a recipe learns best, on images held out.")
    .argument("[recipe]", "a recipe, or a recipe or model in a .json file", nonEmpty("recipe"))
    .option(
      "--space <settings>",
      "what to search: a .json file, or as `training.learningRate=1e-4..0.1 log; layers.1.units=32|64`; may be repeated",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--trials <n>", "trainings in all", integerIn("--trials", 1, MAX_TRIALS), 20)
    .addOption(choice("--sampler", samplers, "how settings are proposed", "tpe"))
    .addOption(
      choice(
        "--pruner",
        Object.keys(pruners) as PrunerName[],
        "which trials are given up early",
        "median",
      ),
    )
    .option(
      "--jobs <n>",
      "trials at the same time, each a process",
      integerIn("--jobs", 1, MAX_JOBS),
      1,
    )
    .addOption(choice("--goal", goals, "what is to be small on the images held out", "loss"));
  return addDataOptions(command)
    .option(
      "--prepare <steps>",
      "what is done to the samples before, as train does it",
      addPreparationSteps("--prepare"),
    )
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
Settings are paths into the recipe, as with --set; inkling recipes NAME --json
shows them. A range is of integers where both ends are written as such; after
it, log makes factors count. The test images decide nothing.

Each trial is a run: inkling runs list runs/STUDY/trials shows them.

Examples:
  inkling tune mlp --space "training.learningRate=1e-4..0.1 log; layers.1.units=32|64"
  inkling tune cnn --space space.json --trials 50 --jobs 2 --pruner halving
  inkling tune mlp --data flowers.csv --label species --prepare zScore --space s.json
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
  changedBy(chosen.recipe, changed, "--space");
  const trials = sampler === "grid" ? Math.min(options.trials, gridSize(space)) : options.trials;
  // Said even where it is the recipe's own: what a recipe may do with its own data, such as to learn from
  // the test images, is not done here.
  const data = isAsked("data") ? options.data : (chosen.recipe.data ?? options.data);
  const trainOptions = trainOptionsOf({ ...options, data });
  const argv = trialArguments({ recipe, changes, trainOptions }, {});
  await expectTrainable({ command: io.command, cwd: io.cwd, argv });
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
    trainOptions,
    cwd: io.cwd,
  };
  await folder.begin(config);
  await conductStudy(folder, study, { config, json: options.json ?? false, io });
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
function trainOptionsOf(options: TuneOptions): string[] {
  const { data, label, dataDir, offline, prepare, epochs, validation, seed, jobs } = options;
  const { threads = Math.max(1, Math.floor(availableParallelism() / jobs)) } = options;
  return [
    ...["--data", data],
    ...(label === undefined ? [] : ["--label", label]),
    ...(dataDir === undefined ? [] : ["--data-dir", dataDir]),
    ...(offline ? ["--offline"] : []),
    ...(prepare === undefined ? [] : ["--prepare", prepare.join(",")]),
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
  await conductStudy(folder, study, { config, json: options.json ?? false, io });
}
