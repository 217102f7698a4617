import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError, FormatError } from "../base/index.js";
import type { DataSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import { schema } from "../nn/index.js";
import type { CheckpointPurpose, FitResult } from "../train/index.js";
import { parseRecipe, type Recipe } from "../zoo/index.js";
import { type DeviceOptions, threadsOf } from "./backend.js";
import type { DataOptions } from "./data-options.js";
import type { PartChoices, SetParts } from "./data-part.js";
import { settingsDigest } from "./settings.js";
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

/** What is used of the `config.json` of a run. */
export type StoredConfig = Omit<RunConfig, "device"> & {
  readonly device: Pick<RunConfig["device"], "device" | "strict">;
};

/** What decides the weights of a run and what is measured with them. */
export function decisiveSettings(config: StoredConfig) {
  const { recipe, seed, validation, whole, fold, data, device } = config;
  const { source: _, ...samples } = data;
  const isReference = device.device === "reference";
  return { recipe, seed, validation, whole, fold, data: samples, ...device, device: isReference };
}

/** What a checkpoint of the run may be gone on from with. */
export async function checkpointPurpose(config: StoredConfig): Promise<CheckpointPurpose> {
  const { data, ...settings } = decisiveSettings(config);
  return { config: await settingsDigest(settings), data: data.sha256 };
}

const { flag, integer, isObject, number, oneOf, optional, show } = schema;
const anything: schema.Check = () => undefined;
const text: schema.Check = (value, name) =>
  typeof value === "string" ? undefined : `${name} must be a text, got ${show(value)}`;

/** An object with at least these fields. */
function including(fields: Readonly<Record<string, schema.Check>>): schema.Check {
  return (value, name) => {
    if (!isObject(value)) return `${name} must be an object, got ${show(value)}`;
    for (const [field, check] of Object.entries(fields)) {
      const problem = check(value[field], `${name}.${field}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

const configCheck = including({
  startedAt: text,
  versions: including({ inkling: text }),
  recipe: anything,
  seed: integer(0, 4_294_967_295),
  validation: number(0, 1),
  data: including({ name: text, sha256: text }),
  device: including({ device: oneOf("auto", "wasm", "reference"), strict: flag }),
  call: including({
    cwd: text,
    options: including({
      data: text,
      dataDir: optional(text),
      device: oneOf("auto", "wasm", "reference"),
      threads: optional(integer(1, 64)),
      seed: integer(0, 4_294_967_295),
      validation: number(0, 1),
      label: optional(text),
      prepare: optional(schema.list(text, 0, 32)),
    }),
  }),
});

/**
 * Reads the `config.json` of a run.
 *
 * @param run - what to call the run in errors
 */
export async function readRunConfig(folder: string, run: string): Promise<StoredConfig> {
  const where = join(run, "config.json");
  let json: string;
  try {
    json = await readFile(join(folder, "config.json"), "utf8");
  } catch (cause) {
    throw new DataError(`${run}: must be the folder of a run, got none with a config.json`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new FormatError(where, `must be JSON, got ${(cause as Error).message}`, { cause });
  }
  const problem = configCheck(value, "config");
  if (problem !== undefined) throw new FormatError(where, problem);
  const config = value as StoredConfig;
  return { ...config, recipe: parseRecipe(config.recipe, where) };
}

/**
 * What a model file tells of its training. Holds no time, no thread and no path, so that the same
 * seed gives the same file, byte for byte, and a file that travels says nothing of where it is from.
 */
export function trainingRecord(
  { versions, recipe, seed, validation, whole, fold, data, device }: RunConfig,
  { history, interrupted }: Pick<FitResult, "history" | "interrupted">,
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
  };
}
