import { CommandError, exitCodes } from "./command-error.js";

/** Ends the command with 3 if the accuracy is below what `--min-accuracy` asks for. */
export function expectAccuracy(accuracy: number, least: number | undefined): void {
  if (least === undefined || accuracy >= least) return;
  throw new CommandError(
    exitCodes.gateMissed,
    `--min-accuracy: accuracy must be at least ${least}, got ${accuracy}`,
  );
}
