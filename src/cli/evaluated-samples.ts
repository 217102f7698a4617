import { type Command, Option } from "commander";
import { DataError } from "../base/index.js";
import { type PrepareNotes, prepareTable, type SampleSet, type Table } from "../data/index.js";
import type { ModelFile, TableModelFile } from "../nn/index.js";
import { isImageData } from "../node/index.js";
import type { Framing } from "../read/index.js";
import { usageError } from "./command-error.js";
import { addDataOptions, type DataOptions, loadData, loadSamples } from "./data-options.js";
import type { Io } from "./io.js";
import { modelInputs } from "./model-inputs.js";
import { oneOf } from "./option-values.js";

export interface SampleOptions extends DataOptions {
  readonly split: "test" | "train";
  readonly framing: Framing;
}

/** Adds the options of a data set, `--split` and `--framing`. */
export function addSampleOptions(command: Command): Command {
  return addDataOptions(command)
    .addOption(
      new Option("--split <part>", "test or train")
        .argParser(oneOf("--split", ["test", "train"]))
        .default("test"),
    )
    .addOption(framingOption());
}

/** How pictures become images. */
export function framingOption(): Option {
  return new Option(
    "--framing <way>",
    "raw takes images as they are, ink crops and centres them, auto crops what has another size",
  )
    .argParser(oneOf("--framing", ["auto", "raw", "ink"]))
    .default("auto");
}

/** Samples to measure a model on, prepared as those it was trained on. */
interface EvaluatedSamples {
  /** Of the data set. */
  readonly name: string;
  readonly set: SampleSet;
  /** What the preparation of a table met. */
  readonly notes?: PrepareNotes;
}

/** Loads the part of a data set that a model is to be measured on, and prepares it for the model. */
export async function evaluatedSamples(
  file: ModelFile | TableModelFile,
  options: SampleOptions,
  io: Io,
): Promise<EvaluatedSamples> {
  if ("table" in file) return tableSamples(file, options, io);
  const { split, framing } = options;
  const data = await loadData(options, io, { contract: file.preprocessing, framing });
  const set = modelInputs(partOf(data, split), file, data.fromPictures ? "raw" : framing);
  return { name: data.name, set };
}

async function tableSamples(
  { table, classes }: TableModelFile,
  options: SampleOptions,
  io: Io,
): Promise<EvaluatedSamples> {
  const label = options.label ?? table.label;
  const data = await loadSamples(options, io, { label, classes, keepColumns: true });
  if (isImageData(data)) {
    throw new DataError(
      `data set ${options.data}: must be a table for a model of tables, a CSV or TSV file, got images; name one with --data`,
    );
  }
  const { set, notes } = prepareTable(partOf<Table>(data, options.split), table);
  return { name: data.name, set, notes };
}

/** The images or rows that `--split` names. */
export function partOf<S>(
  data: { readonly name: string; readonly train: S; readonly test: S | undefined },
  split: "test" | "train",
): S {
  if (split === "train") return data.train;
  if (data.test !== undefined) return data.test;
  throw usageError(
    `--split: ${data.name} must have a test part, got none; measure on --split train`,
  );
}
