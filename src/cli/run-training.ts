import { DataError } from "../base/index.js";
import type { Evaluation } from "../evaluate/index.js";
import { saveModel } from "../node/index.js";
import type { Checkpoint, CheckpointInterval, FitResult } from "../train/index.js";
import { fitLive } from "./fit-live.js";
import { interruptedError, interruptible } from "./interruptible.js";
import type { Io } from "./io.js";
import { measure } from "./measure.js";
import type { PlannedTraining } from "./planned-training.js";
import { printJson } from "./print-json.js";
import { RunCheckpoints } from "./run-checkpoints.js";
import { trainingRecord } from "./run-config.js";
import type { RunFolder } from "./run-folder.js";
import { lockRun } from "./run-lock.js";
import { runReport } from "./run-report.js";
import { runResult } from "./run-result.js";
import type { TrainingOutcome } from "./several-trainings.js";
import { checkpointPurpose } from "./stored-config.js";

export interface RunSurroundings {
  /** The run's folder as the user would write it. */
  readonly run: string;
  readonly every: CheckpointInterval;
  readonly json: boolean;
  readonly io: Io;
}

/** Training → model → evaluation → report, in a folder that says how far it came if it is killed. */
export async function runTraining(
  planned: PlannedTraining,
  folder: RunFolder,
  around: RunSurroundings,
): Promise<TrainingOutcome> {
  const unlock = await lockRun(folder.path, around.run);
  const checkpoints = new RunCheckpoints(folder.path, await checkpointPurpose(planned.config));
  try {
    const from = folder.isNew ? undefined : await checkpoints.newest(around.io);
    if (!folder.isNew) tellResumption(from, around);
    await folder.begin(planned.config, from?.history ?? []);
    return await trainInto(planned, folder, { ...around, checkpoints, from });
  } catch (error) {
    throw withWayOn(error, around.run, checkpoints.savedStep);
  } finally {
    await unlock();
  }
}

async function trainInto(
  { config, set, testSet, fitting, file }: PlannedTraining,
  folder: RunFolder,
  around: RunSurroundings & { checkpoints: RunCheckpoints; from: Checkpoint | undefined },
): Promise<TrainingOutcome> {
  const { run, every, json, io, checkpoints, from } = around;
  const { model } = file;
  const { backend } = fitting;
  const options = {
    ...fitting,
    ...(from && { from }),
    checkpoints: { every, save: (checkpoint: Checkpoint) => checkpoints.save(checkpoint) },
  };
  const result = await fitLive(model, set, options, {
    folder,
    json,
    io,
    async save({ weights, ...fitted }) {
      const record = trainingRecord(config, fitted);
      await saveModel(folder.modelPath, { ...file, weights, record });
    },
  });
  const { weights, history, seconds, interrupted, signal } = result;
  if (!json) tellStopping(result, io);

  const { loss } = config.recipe.training;
  const measureAll = async () => {
    const trained = await measure(model, weights, { loss, set, backend, io });
    const tested = testSet && (await measure(model, weights, { loss, set: testSet, backend, io }));
    const network = { model, weights };
    await folder.writeReport(runReport({ config, network, history, trained, tested }));
    return { trained: trained.evaluation, tested };
  };
  const { trained, tested } = await interruptible(
    measureAll,
    io,
    `while measuring, before the report; the model is in ${run}; go on with: inkling train --resume ${run}`,
  );
  if (!interrupted) {
    await folder.writeResult(runResult(result, { trained, tested: tested?.evaluation }));
    await checkpoints.remove();
  }
  if (signal !== undefined) {
    if (json) printJson(io, { event: "interrupted", run, seconds });
    const wayOn = interrupted ? `; go on with: inkling train --resume ${run}` : "";
    throw interruptedError(
      signal,
      `after ${history.length} of ${fitting.epochs} epochs; the model as it was then is in ${run}${wayOn}`,
    );
  }
  if (json) {
    const train = lossAndAccuracy(trained);
    const test = tested ? lossAndAccuracy(tested.evaluation) : null;
    const { stoppedEarly, bestEpoch } = result;
    const best = bestEpoch === undefined ? {} : { stoppedEarly, bestEpoch };
    printJson(io, { event: "end", run, seconds, ...best, train, test });
  }
  return { run, seconds, trained, tested };
}

function lossAndAccuracy({ loss, accuracy }: Evaluation) {
  return { loss, accuracy };
}

function tellStopping({ stoppedEarly, bestEpoch, history }: FitResult, io: Io): void {
  const kept = `kept the weights of epoch ${bestEpoch}`;
  if (stoppedEarly) {
    const epochs = history.length - (bestEpoch ?? 0);
    io.stderr.write(`stopped early: no lower validation loss for ${epochs} epochs; ${kept}\n`);
  } else if (bestEpoch !== undefined) io.stderr.write(`${kept}\n`);
}

function tellResumption(
  from: Checkpoint | undefined,
  { run, json, io }: Pick<RunSurroundings, "run" | "json" | "io">,
): void {
  const step = from?.state.step ?? 0;
  const epochs = from?.history.length ?? 0;
  if (json) printJson(io, { event: "resume", run, step, epochs });
  else if (from === undefined)
    io.stderr.write(`${run} has no checkpoint yet: from the beginning\n`);
  else io.stderr.write(`going on after step ${step}, ${epochs} epochs done\n`);
}

/** What could not be written says how the run goes on once it can be. */
function withWayOn(error: unknown, run: string, savedStep: number | undefined): unknown {
  const isUnwritten =
    error instanceof DataError && (error.cause as NodeJS.ErrnoException | undefined)?.code;
  if (!isUnwritten) return error;
  const kept = savedStep === undefined ? "" : `the checkpoint of step ${savedStep} is whole: `;
  const wayOn = `${kept}once there is room and leave to write, go on with inkling train --resume ${run}`;
  return new DataError(`${error.message}; ${wayOn}`, { cause: error.cause });
}
