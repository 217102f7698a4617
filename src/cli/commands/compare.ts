import { basename, resolve } from "node:path";
import { Command } from "commander";
import { Random } from "../../base/index.js";
import type { ImageSet } from "../../data/index.js";
import {
  type Contender,
  compareModels,
  corruptionSamples,
  disagreementPicture,
  renderComparison,
} from "../../evaluate/index.js";
import { encodeModelFile, type ModelFile } from "../../nn/index.js";
import { writeFileAtomic } from "../../node/index.js";
import { addDeviceOptions, type DeviceOptions, openBackend } from "../backend.js";
import { usageError } from "../command-error.js";
import { comparisonText } from "../comparison-text.js";
import { loadData } from "../data-options.js";
import { addSampleOptions, partOf, type SampleOptions } from "../evaluated-samples.js";
import type { Io } from "../io.js";
import { modelInputs } from "../model-inputs.js";
import { loadNamedModel } from "../named-model.js";
import { integerIn, nonEmpty } from "../option-values.js";
import { printJson } from "../print-json.js";
import { stageProgress } from "../stage-progress.js";
import { count } from "../terminal/format.js";
import { styleFor } from "../terminal/style.js";
import { trainedLoss } from "../trained-loss.js";
import { version } from "../version.js";

interface CompareOptions extends SampleOptions, DeviceOptions {
  readonly robustness?: boolean;
  readonly seed: number;
  readonly html?: string;
  readonly png?: string;
  readonly json?: boolean;
}

export function compareCommand(io: Io): Command {
  const command = new Command("compare")
    .description(
      "Measures models on the same pictures: which reads more, how sure that is, and why.",
    )
    .argument(
      "<models...>",
      "two or more: bundled models (digits), .inkling files or runs' folders",
      (model: string, before: string[] = []) => [...before, nonEmpty("models")(model)],
    );
  addSampleOptions(command)
    .option(
      "--robustness",
      "measure shifted, turned, scaled, thicker, noisy, blurred, faded and covered copies too",
    )
    .option(
      "--seed <n>",
      "same seed, same copies and intervals",
      integerIn("--seed", 0, 4_294_967_295),
      1,
    );
  return addDeviceOptions(command)
    .option("--html <file>", "write the comparison as a page there", nonEmpty("--html"))
    .option(
      "--png <file>",
      "write the images on which the models disagree there",
      nonEmpty("--png"),
    )
    .option("--json", "print every figure as JSON")
    .addHelpText("after", examples)
    .action((models: string[], options: CompareOptions) => compare(models, options, io));
}

const examples = `
Examples:
  inkling compare runs/softmax runs/mlp runs/cnn
  inkling compare digits runs/mine --data photos/ --html comparison.html
  inkling compare runs/mlp runs/cnn --robustness --html comparison.html
  inkling compare runs/a runs/b --json`;

async function compare(names: string[], options: CompareOptions, io: Io): Promise<void> {
  const { robustness = false, seed, html, png, json, split } = options;
  if (names.length < 2) {
    throw usageError(`compare: must be given two models or more, got ${names.length}`);
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw usageError(`compare: models must differ, got ${twice} twice`);
  const { data, shown, contenders } = await loadContenders(names, options, io);
  const backend = await openBackend(options);
  const random = new Random(seed);
  const progress = stageProgress(io);
  const comparison = await compareModels(contenders, {
    backend,
    random,
    robustness,
    onProgress: progress.onProgress,
  }).finally(progress.end);
  const title = `${contenders.map(({ name }) => name).join(", ")} on ${data}`;
  if (json) printJson(io, comparison);
  else {
    io.stdout.write(`${title}, ${split}: ${count(comparison.n)} images\n\n`);
    const layout = { style: styleFor(io.stdout, io.env), columns: io.stdout.columns };
    io.stdout.write(comparisonText(comparison, layout));
  }
  if (html !== undefined) {
    const samples = robustness ? corruptionSamples(shown, { index: 0, random }) : undefined;
    const page = await renderComparison(comparison, {
      title,
      subtitle: `${split} images, ${new Date().toISOString().slice(0, 10)}, inkling ${version()}`,
      set: shown,
      ...(samples && { samples }),
    });
    await writeFileAtomic(resolve(io.cwd, html), page);
    if (!json) io.stdout.write(`page: ${html}\n`);
  }
  if (png !== undefined) {
    await writeFileAtomic(resolve(io.cwd, png), await disagreementPicture(comparison, shown));
    if (!json) io.stdout.write(`picture: ${png}\n`);
  }
}

/** Loads the models, and for each the images as it takes them; data are loaded once for all alike. */
async function loadContenders(
  names: readonly string[],
  options: CompareOptions,
  io: Io,
): Promise<{ data: string; shown: ImageSet; contenders: Contender[] }> {
  const { split, framing } = options;
  const files: ModelFile[] = [];
  for (const name of names) files.push(await loadNamedModel(name, io.cwd));
  const loaded = new Map<string, Awaited<ReturnType<typeof loadData>>>();
  const contenders: Contender[] = [];
  const shortNames = names.map((name) => basename(name, ".inkling"));
  for (const [i, file] of files.entries()) {
    const contract = JSON.stringify(file.preprocessing);
    const data =
      loaded.get(contract) ??
      (await loadData(options, io, { contract: file.preprocessing, framing }));
    loaded.set(contract, data);
    const own = data.fromPictures ? "raw" : framing;
    const ofTraining = split === "test" && data.test !== data.train;
    contenders.push({
      name: new Set(shortNames).size < names.length ? names[i]! : shortNames[i]!,
      model: file.model,
      weights: file.weights,
      loss: trainedLoss(file),
      bytes: encodeModelFile(file).byteLength,
      set: modelInputs(partOf(data, split), file, own),
      ...(ofTraining && { train: modelInputs(data.train, file, own) }),
    });
  }
  const [first] = loaded.values();
  return { data: first!.name, shown: contenders[0]!.set, contenders };
}
