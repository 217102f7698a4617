import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { schema } from "../../nn/index.js";
import { isFile } from "../../node/index.js";
import type { Outcome } from "../../train/index.js";
import { liveOwner } from "../run-lock.js";

/** What is to be small: the loss on the images held out, or the share of them read wrongly. */
export type Goal = "loss" | "error";

export interface TrialProcess {
  /** How this program is started: the program and what goes before the arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** `train` and its options, but for those that name the run. */
  readonly argv: readonly string[];
  /** The folder that runs are kept in, and the name of this one. */
  readonly parent: string;
  readonly name: string;
  readonly goal: Goal;
  /** Asked after every epoch; the training ends once it says yes. */
  isHopeless(curve: readonly number[]): boolean;
  /** Once aborted, the process is asked to end, and the trial is none. */
  readonly signal: AbortSignal;
}

/** A trial was stopped from outside; it goes on when the study does. */
export class TrialInterrupted extends Error {
  override readonly name = "TrialInterrupted";
}

/** A look at whether another process is done, ms. */
const LOOK_MS = 250;

/**
 * Runs `inkling train` in a process of its own. A run that is there already, from a study that was
 * interrupted, is gone on with, or taken as it is where it is finished.
 */
export async function runTrialProcess(trial: TrialProcess): Promise<Outcome> {
  const start = performance.now();
  const folder = join(trial.parent, trial.name);
  // A process of a study that was killed may be at it still.
  while ((await liveOwner(folder)) !== undefined) await sleep(LOOK_MS);
  const curve: number[] = [];
  const outcome = (state: Outcome["state"], reason?: string): Outcome => ({
    state,
    curve,
    seconds: (performance.now() - start) / 1000,
    ...(reason !== undefined && { reason }),
  });
  const isFinished = await isFile(join(folder, "result.json"));
  const kept = await keptEpochs(folder);
  const resumed = await isFile(join(folder, "config.json"));
  if (!resumed) await rm(folder, { recursive: true, force: true });

  /** Whether the trial is to end here. */
  const addEpoch = (record: unknown): boolean => {
    curve.push(figureOf(record, trial.goal));
    return trial.isHopeless(curve);
  };
  if (isFinished) {
    for (const record of kept) if (addEpoch(record)) return outcome("pruned");
    return outcome("complete");
  }
  const argv = resumed
    ? ["train", "--resume", folder, "--json"]
    : [...trial.argv, "--out", trial.parent, "--name", trial.name, "--json"];
  const [program = "", ...leading] = trial.command;
  const child = spawn(program, [...leading, ...argv], {
    cwd: trial.cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors = textOf(child);
  // Ctrl-C reaches it from the terminal as well; a second request does no harm.
  const end = () => child.kill("SIGTERM");
  trial.signal.addEventListener("abort", end);
  let isPruned = false;
  for await (const line of createInterface({ input: child.stdout! })) {
    const event = parsed(line);
    const over = event.event === "resume" ? kept.slice(0, event.epochs as number) : [];
    for (const record of event.event === "epoch" ? [event] : over) {
      if (isPruned || !addEpoch(record)) continue;
      isPruned = true;
      child.kill("SIGKILL");
    }
  }
  const code = child.exitCode ?? child.signalCode ?? (await once(child, "close"))[0];
  trial.signal.removeEventListener("abort", end);
  if (isPruned) return outcome("pruned");
  if (code === 0) return outcome("complete");
  if (trial.signal.aborted) throw new TrialInterrupted(`trial ${trial.name} was interrupted`);
  return outcome("failed", (await errors).trim().split("\n").at(-1) || `ended with ${code}`);
}

function figureOf(record: unknown, goal: Goal): number {
  const validation = (record as { validation?: { loss: number; accuracy: number } }).validation;
  if (validation === undefined) return Number.POSITIVE_INFINITY;
  return goal === "loss" ? validation.loss : 1 - validation.accuracy;
}

/** The epochs that an earlier process wrote down. */
async function keptEpochs(folder: string): Promise<unknown[]> {
  const text = await readFile(join(folder, "metrics.jsonl"), "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return schema.isObject(value) ? value : {};
  } catch {
    return {};
  }
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stderr!) text = (text + String(chunk)).slice(-4000);
  return text;
}
