import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import type { Evaluation } from "../../evaluate/index.js";
import type { CheckpointInterval } from "../../train/index.js";
import { addDeviceOptions, type DeviceOptions } from "../backend.js";
import { checkpointInterval, DEFAULT_CHECKPOINTS } from "../checkpoint-interval.js";
import { chosenRecipe, recipeFor } from "../chosen-recipe.js";
import { usageError } from "../command-error.js";
import { addDataOptions, type DataOptions } from "../data-options.js";
import { foldChoice, MAX_FOLDS, type PartChoices } from "../data-part.js";
import { dryRun } from "../dry-run.js";
import type { Io } from "../io.js";
import {
  addPreparationSteps,
  folderName,
  integerIn,
  nonEmpty,
  oneOf,
  positiveUpTo,
  share,
} from "../option-values.js";
import { type PlannedTraining, planTraining } from "../planned-training.js";
import { tellPreparation } from "../prepare-text.js";
import { printJson } from "../print-json.js";
import { expectAccuracy } from "../quality-gate.js";
import { addRecipeChange, type RecipeChange } from "../recipe-changes.js";
import { resumeTraining } from "../resume-training.js";
import { defaultRunName, RunFolder } from "../run-folder.js";
import { runTraining } from "../run-training.js";
import { severalText, summarizeSeveral } from "../several-summary.js";
import {
  type SeveralChoices,
  severalTrainings,
  type TrainingOutcome,
  trainSeveral,
} from "../several-trainings.js";
import { count, percent } from "../terminal/format.js";
import { formatTable } from "../terminal/table.js";
import {
  optimizers,
  schedules,
  type TrainingChoices,
  trainingSettings,
} from "../training-settings.js";
import { tryOneBatch } from "../try-one-batch.js";

/** Options that may be said anew when a run goes on: none of them changes its weights. */
const RESUMABLE = [
  "resume",
  "checkpointEvery",
  "threads",
  "dataDir",
  "offline",
  "minAccuracy",
  "json",
];

interface TrainOptions extends DataOptions, PartChoices, DeviceOptions, TrainingChoices {
  readonly prepare?: readonly string[];
  readonly set?: readonly RecipeChange[];
  readonly seed: number;
  readonly validation: number;
  readonly checkpointEvery: CheckpointInterval;
  readonly resume?: string;
  readonly dryRun?: boolean;
  readonly overfitBatch?: boolean;
  readonly out: string;
  readonly name?: string;
  readonly minAccuracy?: number;
  readonly json?: boolean;
}

export function trainCommand(io: Io): Command {
  const command = new Command("train")
    .description("Trains a network and keeps the run in a folder: model, metrics, report.")
    .argument(
      "[recipe]",
      "a recipe (see `inkling recipes`), or a recipe or model in a .json file",
      nonEmpty("recipe"),
    );
  addDataOptions(command)
    .option(
      "--prepare <steps>",
      "what is done to the samples before, in training and in use, see below",
      addPreparationSteps("--prepare"),
    )
    .option("--epochs <n>", "times every image is seen", integerIn("--epochs", 1, 10_000))
    .option("--batch-size <n>", "images a step", integerIn("--batch-size", 1, 65_536))
    .option("--lr <rate>", "learning rate, at its peak", positiveUpTo("--lr", 100))
    .option("--set <path=value>", "change the recipe; may be repeated", addRecipeChange)
    .addOption(choice("--optimizer", optimizers))
    .addOption(choice("--schedule", schedules))
    .option(
      "--warmup <share>",
      "share of the run in which the rate rises to its peak",
      share("--warmup", { whole: false }),
    )
    .option(
      "--patience <n>",
      "stop after n epochs without a lower validation loss, and keep the best weights",
      integerIn("--patience", 1, 10_000),
    )
    .option("--keep-best", "keep the weights of the lowest validation loss, not the last")
    .option(
      "--clip-norm <length>",
      "shorten gradients that are longer, all weights taken together",
      positiveUpTo("--clip-norm", 1e12),
    )
    .option("--seed <n>", "same seed, same weights", integerIn("--seed", 0, 4_294_967_295), 1)
    .option(
      "--seeds <n>",
      "train n times, with n seeds from --seed on: mean, range, and all nets together",
      integerIn("--seeds", 1, 100),
    )
    .option(
      "--folds <k>",
      "cross-validate: train k times, each time another of k parts held out",
      integerIn("--folds", 2, MAX_FOLDS),
    )
    .option("--whole", "learn from the test images too, with --folds all but those held out")
    .option(
      "--fold <i/k>",
      "train once, part i of k of the training images held out as test images",
      foldChoice("--fold"),
    )
    .option(
      "--validation <share>",
      "share of the training images to hold out and measure on after each epoch",
      share("--validation", { whole: false }),
      0,
    )
    .addOption(
      new Option(
        "--split-by <what>",
        "with --validation or --folds, hold out all images of a writer or none: writer",
      ).argParser(oneOf("--split-by", ["writer"])),
    );
  return addDeviceOptions(command)
    .addOption(
      new Option(
        "--checkpoint-every <n>",
        "steps, as 500, or time, as 30s, between two checkpoints",
      )
        .argParser(checkpointInterval("--checkpoint-every"))
        .default(DEFAULT_CHECKPOINTS, "1m"),
    )
    .option(
      "--resume <run>",
      "go on with a run that was interrupted or killed: same weights as if it had not been",
      nonEmpty("--resume"),
    )
    .option("--out <folder>", "where runs are kept", nonEmpty("--out"), "runs")
    .option("--name <name>", "name of the run (default: recipe and time)", folderName("--name"))
    .option("--dry-run", "tell layers, memory and time, and train nothing")
    .option(
      "--overfit-batch",
      "look whether one batch can be learned by heart, and keep nothing; exit with 3 if not",
    )
    .option(
      "--min-accuracy <share>",
      "exit with 3 if the test accuracy is below",
      share("--min-accuracy", { whole: true }),
    )
    .option("--json", "print one JSON record an epoch, and one at the end")
    .addHelpText("after", examples)
    .action((recipe: string | undefined, options: TrainOptions & SeveralChoices) => {
      if (options.resume !== undefined) return resume(options.resume, command, io);
      if (recipe === undefined) throw usageError("missing required argument 'recipe'");
      const isDataAsked = command.getOptionValueSource("data") !== "default";
      return trainAsAsked(recipe, options, { isDataAsked, io });
    });
}

const examples = `
What a recipe says is used where an option says nothing.

Steps of preparation, joined by commas, or a list under "prepare" in a recipe.
They learn from the training rows, are kept in the model and done again in use:
  missing:median     fill gaps by the median; or mean, constant=VALUE; or drop
                     their rows. Gaps of texts: by the most frequent
  oneHot, ordinal    categories as columns of 0 and 1, or as their places; a new
                     category in use is 0 everywhere, or -1
  minMax, zScore     numbers to 0 to 1, or by mean and deviation; oneHot's stay
  ignore:id+name     leave columns out; other steps take names too: zScore:age
  resize:14x14, invert, transpose            these three for images

Examples:
  inkling train mlp                               MNIST, as the recipe says
  inkling train cnn --data synthetic --epochs 2   no data needed
  inkling train mlp --optimizer sgd --lr 0.1 --validation 0.1
  inkling train mlp --set layers.1.units=64 --set training.epochs=3
  inkling train mlp --seeds 5
  inkling train mlp --data digits-20x20 --folds 5
  inkling train my-model.json --data scans/ --json
  inkling train mlp --data iris.csv --label species --prepare oneHot,zScore
  inkling train --resume runs/mlp-20260131-235959`;

function choice<T extends string>(option: string, choices: Readonly<Record<T, unknown>>): Option {
  const names = Object.keys(choices) as T[];
  return new Option(`${option} <name>`, names.join(", ")).argParser(oneOf(option, names));
}

/** One training, or one for each seed and fold that is asked for. */
async function trainAsAsked(
  choice: string,
  asked: TrainOptions & SeveralChoices,
  { isDataAsked, io }: { isDataAsked: boolean; io: Io },
): Promise<void> {
  const { recipe } = await chosenRecipe(choice, io.cwd, asked.set);
  const data = (isDataAsked ? undefined : recipe.data) ?? asked.data;
  const whole = asked.whole ?? (!isDataAsked && recipe.whole === true);
  const options = { ...asked, data, whole, seeds: asked.seeds ?? recipe.seeds ?? 1 };
  const { minAccuracy, json = false, name, fold } = options;
  if (fold !== undefined && options.folds !== undefined) {
    throw usageError("--fold: must not be asked for together with --folds, which trains each fold");
  }
  const plan = severalTrainings(options, name ?? defaultRunName(recipe.name, new Date()));
  if (options.dryRun || options.overfitBatch) {
    const first = await planFor(choice, { ...options, ...plan[0] }, io);
    if (options.dryRun) await dryRun(first, { trainings: plan.length, json, io });
    if (options.overfitBatch) await tryOneBatch(first, { json, io });
    return;
  }
  if (plan.length === 1) {
    tellOutcome(await train(choice, options, io), { json, minAccuracy, io });
    return;
  }
  const members = await trainSeveral(plan, (one) => train(choice, { ...options, ...one }, io), io);
  const figures = summarizeSeveral(members);
  if (json) printJson(io, { event: "summary", ...figures });
  else io.stdout.write(severalText(figures));
  if (figures.test) expectAccuracy(figures.test.accuracy.mean, minAccuracy);
}

/** Recipe and data → a run in a folder of its own. */
async function train(choice: string, options: TrainOptions, io: Io): Promise<TrainingOutcome> {
  const { out, name, checkpointEvery: every, json = false } = options;
  const planned = await planFor(choice, options, io);
  const { recipe } = planned.config;
  const folder = await RunFolder.create(resolve(io.cwd, out), { name, recipe: recipe.name });
  return runTraining(planned, folder, { run: join(out, folder.name), every, json, io });
}

/** Recipe and data, with all that the call changes of them. */
async function planFor(choice: string, options: TrainOptions, io: Io): Promise<PlannedTraining> {
  const { out, name, minAccuracy, checkpointEvery, json = false, set, ...lasting } = options;
  const chosen = await chosenRecipe(choice, io.cwd, set);
  const training = trainingSettings(chosen.recipe.training, options);
  const prepare = options.prepare ?? chosen.recipe.prepare;
  const planned = await planTraining(
    (samples) => ({ ...recipeFor(chosen, samples), ...(prepare && { prepare }), training }),
    { ...lasting, ...(prepare && { prepare }) },
    io,
  );
  tellPreparation(planned.notes, { json, io });
  const { data } = planned.config;
  if (minAccuracy !== undefined && planned.testSet === undefined) {
    throw usageError(`--min-accuracy: ${data.name} must have test images, got none`);
  }
  return planned;
}

/** Goes on with a run; what it is was said when it was begun. */
async function resume(run: string, command: Command, io: Io): Promise<void> {
  const stranger = command.options.find((option) => {
    const name = option.attributeName();
    return command.getOptionValueSource(name) === "cli" && !RESUMABLE.includes(name);
  });
  if (stranger !== undefined || command.args.length > 0) {
    const got = stranger?.long ?? `"${command.args[0]}"`;
    throw usageError(`--resume: goes on with the run as it was begun, got ${got} too`);
  }
  const options = command.opts<TrainOptions>();
  const { checkpointEvery: every, threads, dataDir, offline, minAccuracy, json = false } = options;
  const asked = {
    ...(threads !== undefined && { threads }),
    ...(dataDir !== undefined && { dataDir }),
    ...(offline !== undefined && { offline }),
  };
  tellOutcome(await resumeTraining(run, { every, json, ...asked }, io), { json, minAccuracy, io });
}

function tellOutcome(
  { run, seconds, trained, tested }: TrainingOutcome,
  { json, minAccuracy, io }: { json: boolean; minAccuracy: number | undefined; io: Io },
): void {
  if (!json) io.stdout.write(summary(run, seconds, { trained, tested: tested?.evaluation }));
  if (tested) expectAccuracy(tested.evaluation.accuracy, minAccuracy);
}

function summary(
  run: string,
  seconds: number,
  { trained, tested }: { trained: Evaluation; tested: Evaluation | undefined },
): string {
  const row = (name: string, { accuracy, interval, loss, n, samples }: Evaluation) => [
    name,
    `accuracy ${percent(accuracy)}`,
    `(${percent(interval[0])} – ${percent(interval[1])})`,
    `loss ${loss.toFixed(4)}`,
    `${count(n)} ${samples}`,
  ];
  const rows = [row("training", trained), ...(tested ? [row("test", tested)] : [])];
  return `${formatTable(rows, "lrrrr")}trained in ${seconds.toFixed(1)} s, kept in ${run}\n`;
}
