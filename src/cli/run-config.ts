import type { DataSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import type { FitResult } from "../train/index.js";
import type { Recipe } from "../zoo/index.js";
import { type DeviceOptions, threadsOf } from "./backend.js";
import type { DataOptions } from "./data-options.js";
import type { PartChoices, SetParts } from "./data-part.js";
import { version } from "./version.js";

/** What of a call decides the weights, or was asked for. */
interface RunChoices extends DataOptions, PartChoices, DeviceOptions {
  readonly seed: number;
  readonly validation: number;
  readonly prepare?: readonly string[];
}

/** Everything needed to do a training again: `config.json` of a run. Plain data. */
export function runConfig({
  recipe,
  options,
  data,
  backend,
  digest,
  cwd,
}: {
  /** With its model fitted to the data and its training as it was run. */
  recipe: Recipe;
  options: RunChoices;
  data: Pick<DataSet, "name" | "files"> & SetParts<{ readonly count: number }>;
  backend: Backend;
  /** Of the samples as they are learned from and measured on. */
  digest: string;
  /** Where relative paths among the options are meant from. */
  cwd: string;
}) {
  const { seed, validation, whole = false, fold, device, strict = false } = options;
  return {
    startedAt: new Date().toISOString(),
    versions: { inkling: version(), node: process.versions.node },
    recipe,
    seed,
    validation,
    ...(whole && { whole }),
    ...(fold && { fold }),
    data: {
      name: data.name,
      source: options.data,
      train: data.train.count,
      test: data.test?.count ?? 0,
      sha256: digest,
      files: data.files,
    },
    device: { device, threads: threadsOf(options), strict, backend: backend.description },
    call: { cwd, options },
  };
}

export type RunConfig = ReturnType<typeof runConfig>;

/**
 * What a model file tells of its training. Holds no time, no thread and no path, so that the same
 * seed gives the same file, byte for byte, and a file that travels says nothing of where it is from.
 */
export function trainingRecord(
  { versions, recipe, seed, validation, whole, fold, data, device }: RunConfig,
  { history, interrupted, bestEpoch }: Pick<FitResult, "history" | "interrupted" | "bestEpoch">,
) {
  const { source: _, ...set } = data;
  return {
    inkling: versions.inkling,
    recipe,
    seed,
    validation,
    ...(whole && { whole }),
    ...(fold && { fold }),
    data: set,
    strict: device.strict,
    history: history.map(({ seconds, imagesPerSecond, ...figures }) => figures),
    interrupted,
    ...(bestEpoch !== undefined && { bestEpoch }),
  };
}
