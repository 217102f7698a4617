import { resolve } from "node:path";
import { Command } from "commander";
import { DataError } from "../../base/index.js";
import { loadAnyModel } from "../../node/index.js";
import { CommandError, exitCodes } from "../command-error.js";
import { fitLive } from "../fit-live.js";
import { interruptedError } from "../interruptible.js";
import type { Io } from "../io.js";
import { integerIn, nonEmpty } from "../option-values.js";
import { changedSettings, planAgain } from "../plan-again.js";
import { printJson } from "../print-json.js";
import { summarizeRun } from "../run-summary.js";
import { count } from "../terminal/format.js";
import { differingWeights, type WeightDifference } from "../weight-difference.js";

interface ReproduceOptions {
  readonly threads?: number;
  readonly dataDir?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

export function reproduceCommand(io: Io): Command {
  return new Command("reproduce")
    .description("Trains a finished run again and looks whether the same weights come out.")
    .argument("<run>", "the folder of a run", nonEmpty("run"))
    .option("--data-dir <folder>", "look for named sets here", nonEmpty("--data-dir"))
    .option("--offline", "fetch nothing")
    .option("--threads <n>", "threads; changes no weight", integerIn("--threads", 1, 64))
    .option("--json", "print one JSON record an epoch, and one at the end")
    .addHelpText("after", examples)
    .action((run: string, options: ReproduceOptions) => reproduce(run, options, io));
}

const examples = `
The data must be the same, by its digest, and every weight, by its bits; exit code 3 if not. The run
itself is left as it is.

Examples:
  inkling reproduce runs/mlp-20260131-235959
  inkling reproduce runs/mlp-20260131-235959 --json`;

async function reproduce(
  run: string,
  { json = false, ...options }: ReproduceOptions,
  io: Io,
): Promise<void> {
  const { state } = await summarizeRun(resolve(io.cwd, run), run);
  if (state !== "finished") {
    throw new DataError(`${run}: must be a finished run, got one that is ${state}`);
  }
  const { stored, planned } = await planAgain(run, options, io);
  const changed = changedSettings(stored, planned);
  if (changed.length > 0) {
    if (json) printJson(io, { event: "reproduced", run, equal: false, changed, weights: [] });
    throw differs(run, `it would not be the same training: another ${changed.join(", ")}`);
  }
  const { weights: kept } = await loadAnyModel(resolve(io.cwd, run));
  const { set, fitting, file } = planned;
  const { weights, seconds, signal } = await fitLive(file.model, set, fitting, { json, io });
  if (signal !== undefined) throw interruptedError(signal, "before it was done; nothing was kept");

  const differing = differingWeights(kept, weights);
  const equal = differing.length === 0;
  if (json) {
    printJson(io, { event: "reproduced", run, equal, changed, weights: differing, seconds });
  }
  if (!equal) throw differs(run, differenceText(differing, kept.size));
  if (json) return;
  const numbers = [...kept.values()].reduce((sum, { data }) => sum + data.length, 0);
  io.stdout.write(
    `reproduced ${run} in ${seconds.toFixed(1)} s: the same data, and all ${count(numbers)} weights the same, bit for bit\n`,
  );
}

function differs(run: string, how: string): CommandError {
  return new CommandError(exitCodes.gateMissed, `${run}: must come out the same, but ${how}`);
}

function differenceText(differing: readonly WeightDifference[], arrays: number): string {
  const [first] = differing;
  return `${differing.length} of ${arrays} arrays of weights differ, ${first?.name} by up to ${first?.greatest.toPrecision(2)}; without --strict only machines that fuse multiply-add agree, and only the same version of inkling does`;
}
