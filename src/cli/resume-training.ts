import { resolve } from "node:path";
import { DataError } from "../base/index.js";
import type { CheckpointInterval } from "../train/index.js";
import type { Io } from "./io.js";
import { changedSettings, planAgain, type ReplanOptions } from "./plan-again.js";
import { RunFolder } from "./run-folder.js";
import { runTraining } from "./run-training.js";
import type { TrainingOutcome } from "./several-trainings.js";

interface ResumeOptions extends ReplanOptions {
  readonly every: CheckpointInterval;
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
  const { stored, planned } = await planAgain(run, asked, io);
  const changed = changedSettings(stored, planned);
  if (changed.length > 0) {
    throw new DataError(
      `${run}: data and settings must be as when the run began, got another ${changed.join(", ")}; put back what was changed, or train anew`,
    );
  }
  return runTraining(planned, folder, { run, every, json, io });
}
