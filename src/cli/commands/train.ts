import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { DataError, Random } from "../../base/index.js";
import { type DataSet, type ImageSet, splitStratified } from "../../data/index.js";
import type { Evaluation } from "../../evaluate/index.js";
import { type ModelFile, mnistFraming, modelFileProblem, noFraming } from "../../nn/index.js";
import { saveModel } from "../../node/index.js";
import { addDeviceOptions, type DeviceOptions, openBackend } from "../backend.js";
import { chosenRecipe, recipeFor } from "../chosen-recipe.js";
import { usageError } from "../command-error.js";
import { addDataOptions, type DataOptions, loadData } from "../data-options.js";
import { foldChoice, MAX_FOLDS, type PartChoices, partOf } from "../data-part.js";
import { fitLive } from "../fit-live.js";
import { interruptedError, interruptible } from "../interruptible.js";
import type { Io } from "../io.js";
import { measure } from "../measure.js";
import { folderName, integerIn, nonEmpty, oneOf, positiveUpTo, share } from "../option-values.js";
import { printJson } from "../print-json.js";
import { expectAccuracy } from "../quality-gate.js";
import { addRecipeChange, type RecipeChange } from "../recipe-changes.js";
import { runConfig, trainingRecord } from "../run-config.js";
import { defaultRunName, RunFolder } from "../run-folder.js";
import { runReport } from "../run-report.js";
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

/** Confidence from which a reading counts as sure. */
const SURE = 0.5;

interface TrainOptions extends DataOptions, PartChoices, DeviceOptions, TrainingChoices {
  readonly set?: readonly RecipeChange[];
  readonly seed: number;
  readonly validation: number;
  readonly out: string;
  readonly name?: string;
  readonly minAccuracy?: number;
  readonly json?: boolean;
}

export function trainCommand(io: Io): Command {
  const command = new Command("train")
    .description("Trains a network and keeps the run in a folder: model, metrics, report.")
    .argument(
      "<recipe>",
      "a recipe (see `inkling recipes`), or a recipe or model in a .json file",
      nonEmpty("recipe"),
    );
  addDataOptions(command)
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
    );
  return addDeviceOptions(command)
    .option("--out <folder>", "where runs are kept", nonEmpty("--out"), "runs")
    .option("--name <name>", "name of the run (default: recipe and time)", folderName("--name"))
    .option(
      "--min-accuracy <share>",
      "exit with 3 if the test accuracy is below",
      share("--min-accuracy", { whole: true }),
    )
    .option("--json", "print one JSON record an epoch, and one at the end")
    .addHelpText("after", examples)
    .action((recipe: string, options: TrainOptions & SeveralChoices) => {
      const isDataAsked = command.getOptionValueSource("data") !== "default";
      return trainAsAsked(recipe, options, { isDataAsked, io });
    });
}

const examples = `
What a recipe says is used where an option says nothing.

Examples:
  inkling train mlp                               MNIST, as the recipe says
  inkling train cnn --data synthetic --epochs 2   no data needed
  inkling train mlp --optimizer sgd --lr 0.1 --validation 0.1
  inkling train mlp --set layers.1.units=64 --set training.epochs=3
  inkling train mlp --seeds 5
  inkling train mlp --data digits-20x20 --folds 5
  inkling train my-model.json --data scans/ --json`;

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
  if (plan.length === 1) {
    const { run, seconds, trained, tested } = await train(choice, options, io);
    if (!json) io.stdout.write(summary(run, seconds, { trained, tested: tested?.evaluation }));
    if (tested) expectAccuracy(tested.evaluation.accuracy, minAccuracy);
    return;
  }
  const members = await trainSeveral(plan, (one) => train(choice, { ...options, ...one }, io), io);
  const figures = summarizeSeveral(members);
  if (json) printJson(io, { event: "summary", ...figures });
  else io.stdout.write(severalText(figures));
  if (figures.test) expectAccuracy(figures.test.accuracy.mean, minAccuracy);
}

/** Data → recipe → training → model → evaluation → report. */
async function train(choice: string, options: TrainOptions, io: Io): Promise<TrainingOutcome> {
  const { seed, validation, out, name, minAccuracy, json = false } = options;
  const chosen = await chosenRecipe(choice, io.cwd, options.set);
  const training = trainingSettings(chosen.recipe.training, options);
  const data = partOf(await loadData(options, io), options);
  expectGrey(data);
  const testSet = ownTestSet(data);
  if (minAccuracy !== undefined && testSet === undefined) {
    throw usageError(`--min-accuracy: ${data.name} must have test images, got none`);
  }
  const recipe = { ...recipeFor(chosen, data.train), training };
  const { model } = recipe;
  const random = new Random(seed).fork("validation");
  const { train: set, held } = splitStratified(data.train, { share: validation, random });

  expectBothParts(validation, { train: set, held });

  const backend = await openBackend(options);
  const config = runConfig({ recipe, options, data, backend });
  const file = {
    model,
    classes: set.classes,
    preprocessing: data.framing === "mnist" ? mnistFraming(set) : noFraming(set),
    reading: { temperature: 1, threshold: SURE },
    record: trainingRecord(config, { history: [], interrupted: false }),
  };
  expectSavable(file);
  const folder = await RunFolder.create(resolve(io.cwd, out), { name, recipe: recipe.name });
  const run = join(out, folder.name);
  await folder.begin(config);

  const fitting = { ...training, seed, backend, ...(held.count > 0 && { validation: held }) };
  const { weights, history, seconds, signal } = await fitLive(model, set, fitting, {
    folder,
    json,
    io,
    async save({ weights, ...result }) {
      const record = trainingRecord(config, result);
      await saveModel(folder.modelPath, { ...file, weights, record });
    },
  });

  const { loss } = training;
  const measureAll = async () => {
    const trained = await measure(model, weights, { loss, set, backend, io });
    const tested = testSet && (await measure(model, weights, { loss, set: testSet, backend, io }));
    const network = { model, weights };
    await folder.writeReport(runReport({ config, network, history, trained, tested }));
    return { trained, tested };
  };
  const { trained, tested } = await interruptible(
    measureAll,
    io,
    `while measuring, before the report; the model is in ${run}`,
  );
  if (signal !== undefined) {
    if (json) printJson(io, { event: "interrupted", run, seconds });
    throw interruptedError(
      signal,
      `after ${history.length} of ${training.epochs} epochs; the model as it was then is in ${run}`,
    );
  }
  if (json) {
    const test = tested ? lossAndAccuracy(tested.evaluation) : null;
    const train = lossAndAccuracy(trained.evaluation);
    printJson(io, { event: "end", run, seconds, train, test });
  }
  return { run, seconds, trained: trained.evaluation, tested };
}

/** Fails where a share held out leaves nothing to train on, or is nothing itself. */
function expectBothParts(
  share: number,
  { train, held }: { train: ImageSet; held: ImageSet },
): void {
  if (share === 0 || (train.count > 0 && held.count > 0)) return;
  const all = train.count + held.count;
  throw usageError(
    `--validation: must leave images to train on and hold out at least one, got ${share}, which holds out ${held.count} of ${all}`,
  );
}

/** Fails on images in colour: a model of them could not read pictures, which are read as grey. */
function expectGrey({ name, train: { channels } }: DataSet): void {
  if (channels === 1) return;
  throw new DataError(
    `data set ${name}: images must be grey to train on, got ${channels} channels; save them as pictures in folders named by label, which are read as grey`,
  );
}

/** Fails before the training where its model could not be saved after it: for a label too long, say. */
function expectSavable(file: Omit<ModelFile, "weights">): void {
  const problem = modelFileProblem(file);
  if (problem !== undefined) throw new DataError(`train: ${problem}`);
}

/** Test images that are not the training images again, as a plain folder's are. */
function ownTestSet({ train, test }: DataSet): ImageSet | undefined {
  return test === train ? undefined : test;
}

function lossAndAccuracy({ loss, accuracy }: Evaluation) {
  return { loss, accuracy };
}

function summary(
  run: string,
  seconds: number,
  { trained, tested }: { trained: Evaluation; tested: Evaluation | undefined },
): string {
  const row = (name: string, { accuracy, interval, loss, n }: Evaluation) => [
    name,
    `accuracy ${percent(accuracy)}`,
    `(${percent(interval[0])} – ${percent(interval[1])})`,
    `loss ${loss.toFixed(4)}`,
    `${count(n)} images`,
  ];
  const rows = [row("training", trained), ...(tested ? [row("test", tested)] : [])];
  return `${formatTable(rows, "lrrrr")}trained in ${seconds.toFixed(1)} s, kept in ${run}\n`;
}
