import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { schema } from "../nn/index.js";
import { listFolder } from "../node/index.js";
import { RunFolder } from "./run-folder.js";
import { liveOwner } from "./run-lock.js";
import type { RunResult } from "./run-result.js";
import { readRunConfig, type StoredConfig } from "./stored-config.js";

/** `interrupted`: neither finished nor at work, by Ctrl-C, a kill or a failure. */
export type RunState = "finished" | "running" | "interrupted";

/** A run as far as it came. */
export interface RunSummary {
  /** Its folder, as the user would write it. */
  readonly run: string;
  readonly state: RunState;
  readonly config: StoredConfig;
  /** Epochs that are over. */
  readonly epochs: number;
  /** Over all sessions, to the end of the last epoch. */
  readonly seconds: number;
  /** The most that is known: of the test images, else of validation, else of training. */
  readonly accuracy: number | undefined;
  readonly accuracyOf: "test" | "validation" | "training";
  readonly result: RunResult | undefined;
}

/** Throws a `DataError` or `FormatError` where there is no run, or none that can be read. */
export async function summarizeRun(path: string, run: string): Promise<RunSummary> {
  const config = await readRunConfig(path, run);
  const folder = await RunFolder.open(path, run);
  const result = await folder.result();
  const state = result ? "finished" : (await liveOwner(path)) ? "running" : "interrupted";
  const last = await lastEpoch(path);
  const figures = { epochs: result?.epochs ?? last?.epoch ?? 0 };
  const seconds = result?.seconds ?? last?.seconds ?? 0;
  return { run, state, config, ...figures, seconds, ...bestKnown(result, last), result };
}

/** The folders right below one that hold a `config.json`, in their natural order. */
export async function runFoldersIn(folder: string): Promise<string[]> {
  const runs: string[] = [];
  for (const name of (await listFolder(folder)).folders) {
    const found = await stat(join(folder, name, "config.json")).catch(() => undefined);
    if (found?.isFile()) runs.push(name);
  }
  return runs;
}

interface LastEpoch {
  readonly epoch: number;
  readonly accuracy: number;
  readonly validation?: { readonly accuracy: number };
  readonly seconds: number;
}

/** The last epoch that was told whole: a run at work may be in the middle of a line. */
async function lastEpoch(path: string): Promise<LastEpoch | undefined> {
  const text = await readFile(join(path, "metrics.jsonl"), "utf8").catch(() => "");
  for (const line of text.split("\n").reverse()) {
    try {
      const record: unknown = JSON.parse(line);
      if (schema.isObject(record)) return record as unknown as LastEpoch;
    } catch {
      // Empty, or half a line.
    }
  }
  return undefined;
}

function bestKnown(
  result: RunResult | undefined,
  last: LastEpoch | undefined,
): Pick<RunSummary, "accuracy" | "accuracyOf"> {
  if (result?.test) return { accuracy: result.test.accuracy, accuracyOf: "test" };
  if (last?.validation) return { accuracy: last.validation.accuracy, accuracyOf: "validation" };
  return { accuracy: result?.train.accuracy ?? last?.accuracy, accuracyOf: "training" };
}
