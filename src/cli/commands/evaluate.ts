import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import type { DataSet, ImageSet } from "../../data/index.js";
import { type Report, renderReport, reportData } from "../../evaluate/index.js";
import type { ModelFile } from "../../nn/index.js";
import { writeFileAtomic } from "../../node/index.js";
import type { Framing } from "../../read/index.js";
import { addDeviceOptions, type DeviceOptions, openBackend } from "../backend.js";
import { usageError } from "../command-error.js";
import { addDataOptions, type DataOptions, loadData } from "../data-options.js";
import { evaluationText } from "../evaluation-text.js";
import type { Io } from "../io.js";
import { type Measured, measure } from "../measure.js";
import { modelInputs } from "../model-inputs.js";
import { loadNamedModel } from "../named-model.js";
import { nonEmpty, oneOf, share } from "../option-values.js";
import { printJson } from "../print-json.js";
import { expectAccuracy } from "../quality-gate.js";
import { styleFor } from "../terminal/style.js";
import { trainedLoss } from "../trained-loss.js";

interface EvaluateOptions extends DataOptions, DeviceOptions {
  readonly split: "test" | "train";
  readonly framing: Framing;
  readonly report?: string;
  readonly minAccuracy?: number;
  readonly json?: boolean;
}

export function evaluateCommand(io: Io): Command {
  const command = new Command("evaluate")
    .description("Measures a model on labelled pictures: accuracy, loss, precision, recall, F1.")
    .argument(
      "<model>",
      "a bundled model (digits), a .inkling file or a run's folder",
      nonEmpty("model"),
    );
  addDataOptions(command)
    .addOption(
      new Option("--split <part>", "test or train")
        .argParser(oneOf("--split", ["test", "train"]))
        .default("test"),
    )
    .addOption(
      new Option(
        "--framing <way>",
        "raw takes images as they are, ink crops and centres them, auto crops what has another size",
      )
        .argParser(oneOf("--framing", ["auto", "raw", "ink"]))
        .default("auto"),
    );
  return addDeviceOptions(command)
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
    .action((model: string, options: EvaluateOptions) => evaluateModel(model, options, io));
}

const examples = `
Examples:
  inkling evaluate digits --data mnist
  inkling evaluate runs/mlp-20260131-120000 --split train
  inkling evaluate digits --data photos/          sub-folders named by label
  inkling evaluate digits --min-accuracy 0.99 --json`;

async function evaluateModel(model: string, options: EvaluateOptions, io: Io): Promise<void> {
  const { split, framing, report, minAccuracy, json } = options;
  const file = await loadNamedModel(model, io.cwd);
  const data = await loadData(options, io, { contract: file.preprocessing, framing });
  const set = modelInputs(partOf(data, split), file, data.fromPictures ? "raw" : framing);
  const backend = await openBackend(options);
  const loss = trainedLoss(file);
  const measured = await measure(file.model, file.weights, { loss, set, backend, io });
  const { evaluation } = measured;
  if (json) printJson(io, evaluation);
  else {
    io.stdout.write(`${model} on ${data.name}, ${split}\n`);
    io.stdout.write(evaluationText(evaluation, styleFor(io.stdout, io.env)));
  }
  if (report !== undefined) {
    const title = `${model} on ${data.name}`;
    await writeReport(resolve(io.cwd, report), measured, { title, split, network: file });
    if (!json) io.stdout.write(`\nreport: ${join(report, "report.html")}\n`);
  }
  expectAccuracy(evaluation.accuracy, minAccuracy);
}

function partOf(data: DataSet, split: "test" | "train"): ImageSet {
  if (split === "train") return data.train;
  if (data.test !== undefined) return data.test;
  throw usageError(
    `--split: ${data.name} must have test images, got none; measure on --split train`,
  );
}

async function writeReport(
  folder: string,
  { set, logits, evaluation }: Measured,
  { title, split, network }: Pick<Report, "title" | "split"> & { network: ModelFile },
): Promise<void> {
  const report = { title, evaluation, split, answers: { set, logits }, network };
  for (const [name, text] of reportData(report)) {
    await writeFileAtomic(join(folder, "data", name), text);
  }
  await writeFileAtomic(join(folder, "report.html"), await renderReport(report));
  await writeFileAtomic(join(folder, "evaluation.json"), `${JSON.stringify(evaluation)}\n`);
}
