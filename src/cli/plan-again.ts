import { resolve } from "node:path";
import type { Io } from "./io.js";
import { type PlannedTraining, planTraining } from "./planned-training.js";
import { differingSettings } from "./settings.js";
import { decisiveSettings, readRunConfig, type StoredConfig } from "./stored-config.js";
import { version } from "./version.js";

/** What may be said anew of a run: none of it changes its weights. */
export interface ReplanOptions {
  readonly threads?: number;
  readonly dataDir?: string;
  readonly offline?: boolean;
}

/** Plans the training of a run as it was planned then; whether all is as it was is still to be seen. */
export async function planAgain(
  run: string,
  asked: ReplanOptions,
  io: Io,
): Promise<{ stored: StoredConfig; planned: PlannedTraining }> {
  const stored = await readRunConfig(resolve(io.cwd, run), run);
  const { recipe, call } = stored;
  // Paths are meant from where the run was begun; those that are asked for now, from here.
  const here = asked.dataDir === undefined ? {} : { dataDir: resolve(io.cwd, asked.dataDir) };
  const options = { ...call.options, ...asked, ...here };
  const planned = await planTraining(() => recipe, options, fromFolder(io, call.cwd));
  if (stored.versions.inkling !== version()) {
    io.stderr.write(
      `warning: ${run} was begun by inkling ${stored.versions.inkling}, this is ${version()}: the weights may differ in their last bits\n`,
    );
  }
  const config = { ...planned.config, startedAt: stored.startedAt };
  return { stored, planned: { ...planned, config } };
}

/** Settings, data included, in which a training planned again is another one. */
export function changedSettings(stored: StoredConfig, { config }: PlannedTraining): string[] {
  return differingSettings([decisiveSettings(stored), decisiveSettings(config)]);
}

/** The same, but with relative paths meant from another folder. */
function fromFolder(io: Io, cwd: string): Io {
  return Object.create(io, { cwd: { value: cwd } }) as Io;
}
