import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError, FormatError } from "../base/index.js";
import { schema } from "../nn/index.js";
import type { CheckpointPurpose } from "../train/index.js";
import { parseRecipe } from "../zoo/index.js";
import type { RunConfig } from "./run-config.js";
import { settingsDigest } from "./settings.js";

/** What is used of the `config.json` of a run. */
export type StoredConfig = Omit<RunConfig, "device"> & {
  readonly device: Pick<RunConfig["device"], "device" | "strict">;
};

/** What decides the weights of a run and what is measured with them. */
export function decisiveSettings(config: StoredConfig) {
  const { recipe, seed, validation, whole, fold, data, device } = config;
  const { source: _, ...samples } = data;
  // How many threads there are decides nothing.
  const backend = { isReference: device.device === "reference", strict: device.strict };
  return { recipe, seed, validation, whole, fold, data: samples, backend };
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
      splitBy: optional(oneOf("writer")),
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
  parseRecipe(config.recipe, where);
  // As it stands, not as it was parsed: the order of its fields is that of the record in the model file.
  return config;
}
