import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { schema } from "../../nn/index.js";
import { isFile } from "../../node/index.js";
import type { Outcome } from "../../train/index.js";
import { CommandError, exitCodes } from "../command-error.js";
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
  /** Told of every epoch, and how many there have been. */
  onEpoch(epochs: number): void;
  /** Once aborted, the process is asked to end, and the trial is none. */
  readonly signal: AbortSignal;
}

/** A trial was stopped from outside; it goes on when the study does. */
export class TrialInterrupted extends Error {
  override readonly name = "TrialInterrupted";
}

/** A look at whether another process is done, ms. */
const LOOK_MS = 250;
/** Most times that a trial goes on after its process was killed from outside. */
const MAX_REVIVALS = 3;

/**
 * Runs `inkling train` in a process of its own. A run that is there already, from a study that was
 * interrupted, is gone on with, or taken as it is where it is finished; so is one whose process was
 * killed, for that says nothing about its settings.
 */
export async function runTrialProcess(trial: TrialProcess): Promise<Outcome> {
  const start = performance.now();
  const folder = join(trial.parent, trial.name);
  // A process of a study that was killed may be at it still.
  while ((await liveOwner(folder)) !== undefined) {
    if (trial.signal.aborted) throw new TrialInterrupted(`trial ${trial.name} was interrupted`);
    await sleep(LOOK_MS);
  }
  let training = await trainOn(trial, folder);
  for (let revivals = 0; training.killed && revivals < MAX_REVIVALS; revivals++) {
    training = await trainOn(trial, folder);
  }
  const { killed: _, ...outcome } = training;
  return { ...outcome, seconds: (performance.now() - start) / 1000 };
}

/** Begins the run of a trial or goes on with it, to its end or until it is hopeless. */
async function trainOn(
  trial: TrialProcess,
  folder: string,
): Promise<Omit<Outcome, "seconds"> & { readonly killed: boolean }> {
  const curve: number[] = [];
  /** Whether the trial is to end here. */
  const addEpoch = (record: Readonly<Record<string, unknown>>): boolean => {
    curve.push(figureOf(record, trial.goal));
    trial.onEpoch(curve.length);
    return trial.isHopeless(curve);
  };
  const kept = await keptEpochs(folder);
  if (await isFile(join(folder, "result.json"))) {
    const state = kept.some(addEpoch) ? "pruned" : "complete";
    return { state, curve, killed: false };
  }
  const isBegun = await isFile(join(folder, "config.json"));
  if (!isBegun) await rm(folder, { recursive: true, force: true });
  const argv = isBegun
    ? ["train", "--resume", folder, "--json"]
    : [...trial.argv, "--out", trial.parent, "--name", trial.name, "--json"];
  const process = startProcess(trial, argv);
  // Ctrl-C reaches it from the terminal as well; a second request does no harm.
  const end = () => process.child.kill("SIGTERM");
  trial.signal.addEventListener("abort", end);
  let isPruned = false;
  for await (const line of createInterface({ input: process.child.stdout })) {
    const event = parsed(line);
    const over = event.event === "resume" ? kept.slice(0, event.epochs as number) : [];
    for (const record of event.event === "epoch" ? [event] : over) {
      if (isPruned || !addEpoch(record)) continue;
      isPruned = true;
      process.child.kill("SIGKILL");
    }
  }
  const { code, failure } = await process.ended;
  trial.signal.removeEventListener("abort", end);
  if (isPruned) return { state: "pruned", curve, killed: false };
  if (code === 0) return { state: "complete", curve, killed: false };
  if (trial.signal.aborted) throw new TrialInterrupted(`trial ${trial.name} was interrupted`);
  return { state: "failed", curve, reason: failure, killed: code === null };
}

/** Fails as `inkling train` would with these arguments, before anything is begun. */
export async function expectTrainable(
  trial: Pick<TrialProcess, "command" | "cwd" | "argv">,
): Promise<void> {
  const { child, ended } = startProcess(trial, [...trial.argv, "--dry-run", "--json"]);
  child.stdout.resume();
  const { code, failure } = await ended;
  if (code !== 0) throw new CommandError(code ?? exitCodes.failure, failure);
}

/** Starts this program once more. Its exit code is `null` where it was killed. */
function startProcess(
  { command, cwd }: Pick<TrialProcess, "command" | "cwd">,
  argv: readonly string[],
) {
  const [program = "", ...leading] = command;
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const child = spawn(program, [...leading, ...argv], { cwd, stdio });
  const errors = textOf(child.stderr);
  const ended = once(child, "close").then(
    async ([code, signal]: (string | number | null)[]) => ({
      code: code as number | null,
      failure: failureIn(await errors) ?? `ended with ${code ?? signal}`,
    }),
    // It could not be started, as in a folder that is gone.
    ({ message }: Error) => ({ code: exitCodes.failure as number | null, failure: message }),
  );
  return { child, ended };
}

/** What a record of an epoch says of the goal; a loss beyond all numbers is `null` in JSON. */
function figureOf(record: Readonly<Record<string, unknown>>, goal: Goal): number {
  const { loss, accuracy } = schema.isObject(record.validation) ? record.validation : {};
  const figure = goal === "loss" ? loss : 1 - Number(accuracy);
  return typeof figure === "number" && Number.isFinite(figure) ? figure : Number.POSITIVE_INFINITY;
}

/** The failure that a process told at its end, its hint on the same line, but for where its help is. */
function failureIn(errors: string): string | undefined {
  const [line = "", ...hint] = errors.slice(errors.lastIndexOf("inkling: ")).trim().split("\n");
  if (!line.startsWith("inkling: ")) return line === "" ? undefined : line;
  const hints = hint.map((text) => text.trim()).filter((text) => !text.startsWith("see inkling "));
  return [line.slice("inkling: ".length), ...hints].join("; ");
}

/** The epochs that an earlier process wrote down. */
async function keptEpochs(folder: string): Promise<Readonly<Record<string, unknown>>[]> {
  const text = await readFile(join(folder, "metrics.jsonl"), "utf8").catch(() => "");
  return text.split("\n").slice(0, -1).map(parsed);
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return schema.isObject(value) ? value : {};
  } catch {
    return {};
  }
}

async function textOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) text = (text + String(chunk)).slice(-4000);
  return text;
}
