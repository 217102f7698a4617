import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../base/index.js";
import { renderTuning } from "../../evaluate/index.js";
import {
  bestOf,
  importances,
  pruners,
  ranked,
  runStudy,
  samplerOf,
  type Trial,
} from "../../train/index.js";
import { interruptedError } from "../interruptible.js";
import type { Interrupt, Io } from "../io.js";
import { printJson } from "../print-json.js";
import { styleFor } from "../terminal/style.js";
import { type StudyConfig, StudyFolder } from "./study-folder.js";
import { studyProgress } from "./study-progress.js";
import { studyText } from "./study-text.js";
import { trialArguments } from "./trial-arguments.js";
import { runTrialProcess } from "./trial-process.js";
import { trialsCsv } from "./trials-csv.js";

interface Conducting {
  readonly config: StudyConfig;
  readonly json: boolean;
  readonly io: Io;
}

/**
 * Runs the trials of a study that are not over yet, writes down what came of all, and tells it.
 *
 * @param study - what to call the folder
 */
export async function conductStudy(
  folder: StudyFolder,
  study: string,
  conducting: Conducting,
): Promise<void> {
  const { config, json, io } = conducting;
  const { trials, jobs, goal } = config;
  const finished = await folder.trials(study);
  const all = [...finished];
  const abort = new AbortController();
  let signal: Interrupt | undefined;
  const stopListening = io.onInterrupt((received) => {
    signal = received;
    abort.abort();
  });
  const progress = studyProgress(io, { trials, finished: finished.length, goal, json });
  try {
    await runStudy({
      trials,
      jobs,
      sampler: samplerOf(config.sampler, config.space, config.seed),
      pruner: pruners[config.pruner],
      finished,
      signal: abort.signal,
      work: ({ number, values }, isHopeless) =>
        runTrialProcess({
          command: io.command,
          cwd: config.cwd,
          argv: trialArguments(config, values),
          parent: join(folder.path, "trials"),
          name: StudyFolder.trialName(number),
          goal,
          signal: abort.signal,
          isHopeless,
          onEpoch: (epochs) => progress.onEpoch(number, epochs),
        }),
      async onTrial(trial) {
        await folder.add(trial);
        all.push(trial);
        progress.onTrial(trial, bestOf(all));
      },
    });
  } catch (error) {
    if (signal === undefined) throw error;
  } finally {
    stopListening();
    progress.end();
  }
  if (signal !== undefined) {
    if (json) printJson(io, { event: "interrupted", study, trials: all.length });
    const wayOn = `${all.length} of ${trials} trials are kept; go on with: inkling tune --resume ${study}`;
    throw interruptedError(signal, `before the study was done; ${wayOn}`);
  }
  await conclude(folder, study, { ...conducting, trials: ranked(all) });
}

/**
 * Writes the table, the page and the best recipe of a study.
 *
 * @param conducting.trials - from the best to the worst
 */
async function conclude(
  folder: StudyFolder,
  study: string,
  { config, trials, json, io }: Conducting & { readonly trials: readonly Trial[] },
): Promise<void> {
  const { space, goal } = config;
  const importance = importances(space, trials);
  await folder.write("trials.csv", trialsCsv(trials, Object.keys(space)));
  const title = `Tuning of ${config.recipe}`;
  await folder.write("tuning.html", renderTuning({ title, space, trials, importance, goal }));
  const best = bestOf(trials);
  if (best === undefined) {
    const reason = trials.find(({ state }) => state === "failed")?.reason;
    const got = reason === undefined ? "none" : `failures only, as: ${reason}`;
    throw new DataError(`${study}: at least one trial must come to its end, got ${got}`);
  }
  await folder.write(
    "best.json",
    `${JSON.stringify(await recipeOf(best, folder), undefined, 2)}\n`,
  );
  if (json) {
    printJson(io, { event: "end", study, best, importance });
    return;
  }
  const again = ["inkling train", join(study, "best.json"), ...dataOptionsOf(config)].join(" ");
  io.stdout.write(studyText(trials, { importance, goal, style: styleFor(io.stdout, io.env) }));
  io.stdout.write(`the best settings are kept as a recipe: ${again}\n`);
  io.stdout.write(`pictures: ${join(study, "tuning.html")}\n`);
}

/** Those of the options of all trials that say where the data is. */
function dataOptionsOf({ trainOptions }: StudyConfig): string[] {
  return ["--data", "--label", "--data-dir"].flatMap((name) => {
    const at = trainOptions.indexOf(name);
    return at < 0 ? [] : trainOptions.slice(at, at + 2);
  });
}

/** The recipe that a trial trained. */
async function recipeOf({ number }: Trial, { path }: StudyFolder): Promise<unknown> {
  const config = join(path, "trials", StudyFolder.trialName(number), "config.json");
  return (JSON.parse(await readFile(config, "utf8")) as { recipe: unknown }).recipe;
}
