import { resolve } from "node:path";
import { DataError } from "../base/index.js";
import type { CheckpointInterval } from "../train/index.js";
import type { Io } from "./io.js";
import { type PlannedTraining, planTraining } from "./planned-training.js";
import { decisiveSettings, readRunConfig, type StoredConfig } from "./run-config.js";
import { RunFolder } from "./run-folder.js";
import { runTraining } from "./run-training.js";
import { differingSettings } from "./settings.js";
import type { TrainingOutcome } from "./several-trainings.js";
import { version } from "./version.js";

interface ResumeOptions {
  readonly every: CheckpointInterval;
  readonly threads?: number;
  readonly dataDir?: string;
  readonly offline?: boolean;
  readonly json: boolean;
}

/**
 * Goes on with a run that was interrupted or killed, from its newest checkpoint, and ends with the
 * weights that it would have had if it had not been, bit for bit.
 *
 * @throws {DataError} when the run is finished, or its data or configuration has changed
 */
export async function resumeTraining(
  run: string,
  { every, json, ...asked }: ResumeOptions,
  io: Io,
): Promise<TrainingOutcome> {
  const folder = await RunFolder.open(resolve(io.cwd, run), run);
  const result = await folder.result();
  if (result !== undefined) {
    throw new DataError(
      `${run}: must be a run that is not finished, got one that ended ${result.finishedAt}`,
    );
  }
  const planned = await planAgain(run, asked, io);
  return runTraining(planned, folder, { run, every, json, io });
}

/** Plans the training of a run as it was planned then; fails where it cannot be the same. */
export async function planAgain(
  run: string,
  asked: Partial<Pick<ResumeOptions, "threads" | "dataDir" | "offline">>,
  io: Io,
): Promise<PlannedTraining> {
  const stored = await readRunConfig(resolve(io.cwd, run), run);
  const { recipe, call } = stored;
  // Paths are meant from where the run was begun; those that are asked for now, from here.
  const here = asked.dataDir === undefined ? {} : { dataDir: resolve(io.cwd, asked.dataDir) };
  const options = { ...call.options, ...asked, ...here };
  const planned = await planTraining(() => recipe, options, fromFolder(io, call.cwd));
  expectSame(run, stored, planned);
  if (stored.versions.inkling !== version()) {
    io.stderr.write(
      `warning: ${run} was begun by inkling ${stored.versions.inkling}, this is ${version()}: the weights may differ in their last bits\n`,
    );
  }
  return { ...planned, config: { ...planned.config, startedAt: stored.startedAt } };
}

/** The same, but with relative paths meant from another folder. */
function fromFolder(io: Io, cwd: string): Io {
  return Object.create(io, { cwd: { value: cwd } }) as Io;
}

function expectSame(run: string, stored: StoredConfig, { config }: PlannedTraining): void {
  const [then, now] = [decisiveSettings(stored), decisiveSettings(config)];
  const differing = differingSettings([then, now]);
  if (differing.length === 0) return;
  throw new DataError(
    `${run}: data and settings must be as when the run began, got another ${differing.slice(0, 4).join(", ")}; put back what was changed, or train anew`,
  );
}
