import { basename, resolve } from "node:path";
import { Command, Option } from "commander";
import { Random } from "../../base/index.js";
import type { ImageSet } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import {
  answersAs,
  type BeforeAndAfter,
  beforeAndAfter,
  fitReading,
  predict,
  pText,
  whatGotWorse,
} from "../../evaluate/index.js";
import type { ModelFile } from "../../nn/index.js";
import { saveModel } from "../../node/index.js";
import {
  type AdaptedPart,
  adapt,
  labelledBy,
  rehearsalFor,
  withReading,
} from "../../train/index.js";
import { type ExampleOptions, loadExamples } from "../adapt-examples.js";
import { beforeAndAfterText, surenessText } from "../adaptation-text.js";
import { addDeviceOptions, type DeviceOptions, openBackend } from "../backend.js";
import { CommandError, exitCodes } from "../command-error.js";
import { addPlaceOptions } from "../data-options.js";
import { framingOption } from "../evaluated-samples.js";
import type { Io } from "../io.js";
import { type KnownData, knownData } from "../known-data.js";
import { loadNamedModel } from "../named-model.js";
import { integerIn, nonEmpty, oneOf } from "../option-values.js";
import { printJson } from "../print-json.js";
import { stageProgress } from "../stage-progress.js";
import { count, percent } from "../terminal/format.js";

/** Images that the model learns again, so that it does not forget. */
const REHEARSAL = 2000;

interface AdaptCommandOptions extends ExampleOptions, DeviceOptions {
  readonly data: readonly string[];
  readonly test?: readonly string[];
  readonly only: AdaptedPart;
  readonly replaceClasses?: boolean;
  readonly epochs?: number;
  readonly seed: number;
  readonly out?: string;
  readonly keepWorse?: boolean;
  readonly json?: boolean;
}

export function adaptCommand(io: Io): Command {
  const command = new Command("adapt")
    .description("Teaches a model another hand, or more characters, from few labelled pictures.")
    .argument(
      "<model>",
      "a bundled model (digits), a .inkling file or a run's folder",
      nonEmpty("model"),
    )
    .addOption(
      new Option(
        "--data <set>",
        "what to learn: a folder with a sub-folder of pictures a label, or any set that train takes; may be repeated",
      )
        .argParser(addNonEmpty("--data"))
        .makeOptionMandatory(),
    )
    .option(
      "--test <set>",
      "measure on these pictures too, never learned from; may be repeated",
      addNonEmpty("--test"),
    )
    .addOption(
      new Option("--only <part>", "what learns: head, the last layer, in seconds; or all")
        .argParser(oneOf("--only", ["head", "all"]))
        .default("head"),
    )
    .option(
      "--replace-classes",
      "answer with the labels of the data alone, not the model's own too",
    )
    .option("--epochs <n>", "times every image is seen", integerIn("--epochs", 1, 10_000))
    .option("--seed <n>", "same seed, same weights", integerIn("--seed", 0, 4_294_967_295), 1)
    .addOption(framingOption());
  return addDeviceOptions(addPlaceOptions(command))
    .option("--out <file>", "the adapted model (default: MODEL-adapted.inkling)", nonEmpty("--out"))
    .option("--keep-worse", "keep a model that reads less than before, too")
    .option("--json", "print the figures as JSON")
    .addHelpText("after", examples)
    .action((model: string, options: AdaptCommandOptions) => adaptModel(model, options, io));
}

const examples = `
Labels that the model does not know become classes of their own. A model that reads the
examples held out less well than before, or what it knew (by more than chance explains),
is not kept, and the exit code is 3.

Examples:
  inkling adapt digits --data my-digits/        sub-folders 0 to 9 of photographs
  inkling adapt digits --data signs/ --out signs.inkling    new characters
  inkling adapt digits --data mine/ --test more-of-mine/ --only all
  inkling read photo.jpg --model digits-adapted.inkling`;

function addNonEmpty(option: string): (text: string, before?: readonly string[]) => string[] {
  return (text, before = []) => [...before, nonEmpty(option)(text)];
}

async function adaptModel(name: string, options: AdaptCommandOptions, io: Io): Promise<void> {
  const { data, replaceClasses, keepWorse, json } = options;
  const file = await loadNamedModel(name, io.cwd);
  const examples = await loadExamples(file, data, { part: "train", options, io });
  const known = await knownData(file, options, io);
  const backend = await openBackend(options);
  const lesson = { examples: examples.set, known, backend };
  const { adapted, heldOut, fitted, seconds } = await teach(file, lesson, options, io);

  const { classes } = adapted;
  const both = { before: file, after: adapted, backend };
  const fresh = beforeAndAfter("examples, held out", { ...heldOut, classes }, heldOut);
  const oldTest = replaceClasses ? undefined : known.test;
  const old = oldTest && (await measured(`${known.name}, test`, oldTest, both));
  const tests =
    options.test && (await loadExamples(adapted, options.test, { part: "test", options, io }));
  const tested = tests && (await measured(tests.name, tests.set, both));
  const rows = [fresh, old, tested].filter((row) => row !== undefined);

  const worse = keepWorse ? undefined : whatGotWorse(fresh, old);
  const out = options.out ?? `${basename(name, ".inkling")}-adapted.inkling`;
  if (worse === undefined) await saveModel(resolve(io.cwd, out), adapted);
  if (json) {
    const added = classes.filter((label) => !file.classes.includes(label));
    const figures = { seconds, added, heldOut: heldOut.how, sets: rows, reading: fitted };
    printJson(io, { ...figures, kept: worse === undefined, ...(!worse && { out }) });
  } else {
    const title = `${name}, taught ${count(examples.set.count)} examples of ${examples.name}`;
    io.stdout.write(`${title} in ${seconds.toFixed(1)} s\n\n${beforeAndAfterText(rows)}`);
    io.stdout.write(surenessText(heldOut, fitted, file.reading));
    io.stdout.write(oldDataText(name, known, oldTest));
    if (worse === undefined) io.stdout.write(`kept in ${out}\n`);
  }
  if (worse !== undefined) throw notKept(worse);
}

/** Lets a model learn, with a live bar in a terminal, and finds how sure it may be then. */
async function teach(
  file: ModelFile,
  given: { examples: ImageSet; known: KnownData; backend: Backend },
  { only, replaceClasses, epochs, seed }: AdaptCommandOptions,
  io: Io,
) {
  const { examples, known, backend } = given;
  const startMs = performance.now();
  const random = new Random(seed).fork("rehearsal");
  const own = known.train && { known: known.train };
  const { onProgress, end } = stageProgress(io);
  const { file: taught, heldOut } = await adapt(file, examples, {
    only,
    classes: replaceClasses ? "replace" : "add",
    rehearsal: rehearsalFor(file, { count: REHEARSAL, random, ...own }),
    ...(epochs !== undefined && { epochs }),
    seed,
    backend,
    onProgress,
  }).finally(end);
  const seconds = (performance.now() - startMs) / 1000;
  const held = { labels: heldOut.labels, classes: taught.classes };
  const fitted = fitReading(heldOut.after, held, file.reading);
  return { adapted: withReading(taught, fitted), heldOut, fitted, seconds };
}

/** Both models on the same images, by the classes of the one after. */
async function measured(
  name: string,
  images: ImageSet,
  { before, after, backend }: { before: ModelFile; after: ModelFile; backend: Backend },
): Promise<BeforeAndAfter> {
  const set = labelledBy(images, after.classes);
  const old = await predict(before.model, before.weights, set, { backend });
  return beforeAndAfter(name, set, {
    before: answersAs(after.classes, old, before.classes),
    after: await predict(after.model, after.weights, set, { backend }),
  });
}

function notKept({ name, before, after, p }: BeforeAndAfter): CommandError {
  const figures = `${percent(after.accuracy)} after ${percent(before.accuracy)} (p ${p < 0.0001 ? "" : "= "}${pText(p)})`;
  return new CommandError(
    exitCodes.gateMissed,
    `adapt: the model must not get worse, got ${figures} on ${name}, so it was not kept; --keep-worse keeps it`,
  );
}

/** What is to be known of the test of what the model knew, if anything. */
function oldDataText(name: string, { train }: KnownData, test: ImageSet | undefined): string {
  if (test === undefined) return `warning: what ${name} read before was not tested\n`;
  if (train !== undefined) return "";
  return `warning: what ${name} was trained on is not at hand; it repeated drawings and was tested on such\n`;
}
