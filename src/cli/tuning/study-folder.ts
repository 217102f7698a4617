import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../base/index.js";
import { schema } from "../../nn/index.js";
import { unwritable, writeFileAtomic } from "../../node/index.js";
import {
  type PrunerName,
  parseSearchSpace,
  pruners,
  type SamplerName,
  type SearchSpace,
  type Trial,
} from "../../train/index.js";
import type { RecipeChange } from "../recipe-changes.js";
import type { Goal } from "./trial-process.js";

export const samplers = ["random", "grid", "tpe"] as const satisfies readonly SamplerName[];
export const goals = ["loss", "error"] as const satisfies readonly Goal[];
/** Most trials of a study, and most at the same time. */
export const MAX_TRIALS = 100_000;
export const MAX_JOBS = 64;

/** All that decides what a study comes to, and where its data is. */
export interface StudyConfig {
  readonly startedAt: string;
  readonly recipe: string;
  readonly changes: readonly RecipeChange[];
  readonly space: SearchSpace;
  readonly trials: number;
  readonly jobs: number;
  readonly sampler: SamplerName;
  readonly pruner: PrunerName;
  readonly goal: Goal;
  readonly seed: number;
  /** Options of `inkling train` that all trials have alike. */
  readonly trainOptions: readonly string[];
  /** Folder that relative paths are meant from. */
  readonly cwd: string;
}

const { integer, list, oneOf, record } = schema;
const text: schema.Check = (value, name) =>
  typeof value === "string" ? undefined : `${name} must be a text, got ${schema.show(value)}`;
const anything: schema.Check = () => undefined;

const configCheck = record({
  startedAt: text,
  recipe: text,
  changes: list(record({ path: text, value: anything }), 0, MAX_TRIALS),
  space: anything,
  trials: integer(1, MAX_TRIALS),
  jobs: integer(1, MAX_JOBS),
  sampler: oneOf(...samplers),
  pruner: oneOf(...Object.keys(pruners)),
  goal: oneOf(...goals),
  seed: integer(0, 4_294_967_295),
  trainOptions: list(text, 0, 100),
  cwd: text,
});

/**
 * The folder of a study: `study.json`, `trials.jsonl`, a run for each trial in `trials/`, and at the
 * end `trials.csv`, `best.json` and `tuning.html`. A trial is on the disk as soon as it is over.
 */
export class StudyFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  static trialName(number: number): string {
    return `trial-${number.toString().padStart(4, "0")}`;
  }

  async begin(config: StudyConfig): Promise<void> {
    await this.write("study.json", `${JSON.stringify(config, undefined, 2)}\n`);
  }

  /** @param study - what to call it in errors */
  async config(study: string): Promise<StudyConfig> {
    const text = await readFile(join(this.path, "study.json"), "utf8").catch((cause: unknown) => {
      throw new DataError(`${study}: must be the folder of a study, got none with a study.json`, {
        cause,
      });
    });
    const config = parsed(text);
    const where = `${study}: study.json`;
    const problem = configCheck(config, "it");
    if (problem !== undefined) {
      throw new DataError(`${where} must be as tune wrote it, got another: ${problem}`);
    }
    const stored = config as StudyConfig;
    return { ...stored, space: parseSearchSpace(stored.space, where) };
  }

  /**
   * The trials that are over. A line that was cut off by a kill is none, and is taken away.
   *
   * @param study - what to call it in errors
   */
  async trials(study: string): Promise<Trial[]> {
    const text = await readFile(join(this.path, "trials.jsonl"), "utf8").catch(() => "");
    const lines = text.split("\n");
    // What stands after the last line break is not whole.
    const whole = lines.slice(0, -1);
    const trials = whole.map((line, i) => {
      const trial = parsed(line);
      if (schema.isObject(trial) && Array.isArray(trial.curve)) return storedTrial(trial);
      throw new DataError(
        `${study}: line ${i + 1} of trials.jsonl must be a trial as tune wrote it, got ${schema.show(line)}`,
      );
    });
    if (lines.at(-1) !== "") {
      await this.write("trials.jsonl", whole.map((line) => `${line}\n`).join(""));
    }
    return trials;
  }

  /** Returns once the trial is on the disk. */
  async add(trial: Trial): Promise<void> {
    const path = join(this.path, "trials.jsonl");
    try {
      const file = await open(path, "a");
      try {
        await file.appendFile(`${JSON.stringify(trial)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  async write(name: string, text: string): Promise<void> {
    await writeFileAtomic(join(this.path, name), text);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** JSON has no infinity, a figure beyond all numbers: it is `null` there. */
function storedTrial(record: object): Trial {
  const trial = record as Trial;
  const curve = (trial.curve as readonly (number | null)[]).map(
    (figure) => figure ?? Number.POSITIVE_INFINITY,
  );
  return { ...trial, curve };
}
