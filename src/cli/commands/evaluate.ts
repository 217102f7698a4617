import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { isImageSet } from "../../data/index.js";
import {
  type Evaluation,
  evaluationFiles,
  type Normalization,
  type Report,
  renderReport,
  reportData,
} from "../../evaluate/index.js";
import { writeFileAtomic } from "../../node/index.js";
import { addDeviceOptions, type DeviceOptions, openBackend } from "../backend.js";
import { usageError } from "../command-error.js";
import { robustnessText } from "../comparison-text.js";
import { errorRate } from "../error-rate.js";
import { addSampleOptions, type SampleOptions } from "../evaluated-samples.js";
import { evaluationText } from "../evaluation-text.js";
import type { Io } from "../io.js";
import type { Measured } from "../measure.js";
import { measureModels, type NamedFile } from "../measure-models.js";
import { loadAnyNamedModel } from "../named-model.js";
import { nonEmpty, oneOf, share } from "../option-values.js";
import { prepareText } from "../prepare-text.js";
import { printJson } from "../print-json.js";
import { expectAccuracy } from "../quality-gate.js";
import { refusalOf, refusalText } from "../refusal.js";
import { styleFor } from "../terminal/style.js";
import { triedRobustness } from "../tried-robustness.js";

interface EvaluateOptions extends SampleOptions, DeviceOptions {
  readonly normalize?: Normalization;
  readonly robustness?: boolean;
  readonly maxError?: number;
  readonly out?: string;
  readonly report?: string;
  readonly minAccuracy?: number;
  readonly json?: boolean;
}

export function evaluateCommand(io: Io): Command {
  const command = new Command("evaluate")
    .description(
      "Measures a model on labelled pictures: accuracy, loss, metrics of each class, curves, calibration.",
    )
    .argument(
      "<models...>",
      "a bundled model (digits), a .inkling file or a run's folder; several answer as one",
      (text: string, before: readonly string[] = []) => [...before, nonEmpty("model")(text)],
    );
  return addDeviceOptions(addSampleOptions(command))
    .addOption(
      new Option(
        "--normalize <whole>",
        "print the confusion matrix in percent of row, column or all instead of counts",
      ).argParser(oneOf("--normalize", ["row", "column", "all"])),
    )
    .option(
      "--robustness",
      "measure shifted, turned, scaled, thicker, noisy, blurred, faded and covered copies too",
    )
    .option(
      "--max-error <rate>",
      "tell how many are answered where at most this share of the answers may be wrong, as 0.1%",
      errorRate("--max-error"),
    )
    .option(
      "--out <folder>",
      "write the figures, curves and confusion matrix there as CSV, JSON and SVG",
      nonEmpty("--out"),
    )
    .option(
      "--report <folder>",
      "write report.html, evaluation.json and data/ there",
      nonEmpty("--report"),
    )
    .option(
      "--min-accuracy <share>",
      "exit with 3 if the accuracy is below",
      share("--min-accuracy", { whole: true }),
    )
    .option("--json", "print the figures as JSON")
    .addHelpText("after", examples)
    .action((models: string[], options: EvaluateOptions) => evaluateModels(models, options, io));
}

const examples = `
Examples:
  inkling evaluate digits --data mnist
  inkling evaluate runs/mlp-20260131-120000 --split train
  inkling evaluate runs/a runs/b runs/c           together: probabilities averaged
  inkling evaluate digits --data photos/          sub-folders named by label
  inkling evaluate runs/iris --data new.csv       a table, prepared as in training
  inkling evaluate digits --out figures           confusion.svg, curves.csv and more
  inkling evaluate digits --robustness --report report
  inkling evaluate digits --max-error 0.1%        how many it would not answer
  inkling evaluate digits --min-accuracy 0.99 --json`;

async function evaluateModels(names: string[], options: EvaluateOptions, io: Io): Promise<void> {
  const { split, normalize, out, report, minAccuracy, maxError, json } = options;
  if (maxError !== undefined && names.length > 1) {
    throw usageError(`--max-error: is for one model, got ${names.length}`);
  }
  const models: NamedFile[] = [];
  for (const name of names) models.push({ name, file: await loadAnyNamedModel(name, io.cwd) });
  const backend = await openBackend(options);
  const { data, measured, notes } = await measureModels(models, options, { backend, io });
  const { evaluation } = measured;
  const robustness =
    options.robustness && (await triedRobustness(models, measured.set, { backend, io }));
  const refusal =
    maxError === undefined ? undefined : refusalOf(measured, models[0]!.file, maxError);
  const tried = robustness && { robustness: robustness.measured };
  const title = `${names.join(" + ")} on ${data}`;
  if (json)
    printJson(io, {
      ...evaluation,
      ...(notes && { prepare: notes }),
      ...(refusal && { refusal }),
      ...tried,
    });
  else {
    io.stdout.write(`${title}, ${split}\n`);
    io.stdout.write((notes && prepareText(split, notes)) ?? "");
    const layout = { style: styleFor(io.stdout, io.env), columns: io.stdout.columns, normalize };
    io.stdout.write(evaluationText(evaluation, layout));
    if (refusal) io.stdout.write(`\n${refusalText(refusal, evaluation.n)}`);
    if (tried) io.stdout.write(`\n${robustnessText([{ name: "corrupted", ...tried }], layout)}`);
  }
  if (out !== undefined) {
    await writeFigures(resolve(io.cwd, out), evaluation);
    if (!json) io.stdout.write(`\nfigures: ${out}\n`);
  }
  if (report !== undefined) {
    const network = models.length === 1 ? { network: models[0]!.file } : {};
    const about = { title, split, ...network, ...(robustness && { robustness }) };
    await writeReport(resolve(io.cwd, report), measured, about);
    if (!json) io.stdout.write(`\nreport: ${join(report, "report.html")}\n`);
  }
  expectAccuracy(evaluation.accuracy, minAccuracy);
}

async function writeFigures(folder: string, evaluation: Evaluation): Promise<void> {
  for (const [name, text] of evaluationFiles(evaluation)) {
    await writeFileAtomic(join(folder, name), text);
  }
}

async function writeReport(
  folder: string,
  { set, logits, evaluation }: Measured,
  about: Pick<Report, "title" | "split" | "network" | "robustness">,
): Promise<void> {
  const answers = isImageSet(set) ? { answers: { set, logits } } : {};
  const report: Report = { ...about, evaluation, ...answers };
  for (const [name, text] of reportData(report)) {
    await writeFileAtomic(join(folder, "data", name), text);
  }
  await writeFileAtomic(join(folder, "report.html"), await renderReport(report));
  await writeFileAtomic(join(folder, "evaluation.json"), `${JSON.stringify(evaluation)}\n`);
}
