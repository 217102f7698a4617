import { type OverfitResult, overfitBatch } from "../train/index.js";
import { CommandError, exitCodes } from "./command-error.js";
import type { Io } from "./io.js";
import type { PlannedTraining } from "./planned-training.js";
import { printJson } from "./print-json.js";
import { percent } from "./terminal/format.js";

/** Steps after which a network that has not learned one batch is taken to be unable to. */
const MAX_STEPS = 1000;

/** Looks whether the network can learn one batch by heart; ends with exit code 3 if it cannot. */
export async function tryOneBatch(
  { set, fitting, file }: PlannedTraining,
  { json, io }: { json: boolean; io: Io },
): Promise<void> {
  const result = await overfitBatch(file.model, set, fitting, MAX_STEPS);
  if (json) {
    const { divergence, ...figures } = result;
    const problem = divergence && { divergence: divergence.message };
    printJson(io, { event: "overfitBatch", ...figures, ...problem });
  }
  if (!result.learned) {
    throw new CommandError(exitCodes.gateMissed, `--overfit-batch: ${failure(result)}`);
  }
  if (json) return;
  const { images, steps, firstLoss, lastLoss, accuracy } = result;
  io.stdout.write(
    `learned ${images} samples by heart in ${steps} steps: loss ${figure(firstLoss)} → ${figure(lastLoss)}, ${percent(accuracy)} right\nnothing was written\n`,
  );
}

function failure({
  images,
  steps,
  firstLoss,
  lastLoss,
  goal,
  accuracy,
  divergence,
}: OverfitResult) {
  if (divergence !== undefined) return divergence.message;
  return `the loss of one batch of ${images} must fall from ${figure(firstLoss)} to ${figure(goal)}, got ${figure(lastLoss)}, ${percent(accuracy)} right, after ${steps} steps; look at the rate, the activations and the labels`;
}

function figure(loss: number): string {
  return loss.toPrecision(3);
}
