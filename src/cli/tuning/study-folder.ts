import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../base/index.js";
import { schema } from "../../nn/index.js";
import { unwritable, writeFileAtomic } from "../../node/index.js";
import type { SearchSpace, Trial } from "../../train/index.js";
import type { RecipeChange } from "../recipe-changes.js";

/** All that decides what a study comes to, and where its data is. */
export interface StudyConfig {
  readonly startedAt: string;
  readonly recipe: string;
  readonly changes: readonly RecipeChange[];
  readonly space: SearchSpace;
  readonly trials: number;
  readonly jobs: number;
  readonly sampler: string;
  readonly pruner: string;
  readonly goal: string;
  readonly seed: number;
  /** Options of `inkling train` that all trials have alike. */
  readonly trainOptions: readonly string[];
  /** Folder that relative paths are meant from. */
  readonly cwd: string;
}

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
    try {
      const config: unknown = JSON.parse(text);
      if (schema.isObject(config) && Array.isArray(config.trainOptions)) {
        return config as unknown as StudyConfig;
      }
    } catch {
      // Told below.
    }
    throw new DataError(`${study}: study.json must be as tune wrote it, got something else`);
  }

  /** The trials that are over. A line that was cut off by a kill is none. */
  async trials(): Promise<Trial[]> {
    const text = await readFile(join(this.path, "trials.jsonl"), "utf8").catch(() => "");
    const lines = text.split("\n");
    // What stands after the last line break is not whole.
    const whole = lines.slice(0, -1).map((line) => JSON.parse(line) as Trial);
    if (lines.at(-1) !== "") {
      await this.write("trials.jsonl", whole.map((trial) => `${JSON.stringify(trial)}\n`).join(""));
    }
    return whole;
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
