import { appendFileSync } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DataError } from "../base/index.js";
import { type Report, renderReport, reportData } from "../evaluate/index.js";
import { sweepDrafts, unwritable, writeFileAtomic } from "../node/index.js";
import type { EpochRecord } from "../train/index.js";
import { usageError } from "./command-error.js";
import type { RunResult } from "./run-result.js";

const CSV_HEADER =
  "epoch,learning_rate,loss,accuracy,validation_loss,validation_accuracy,seconds,images_per_second\n";

/**
 * The folder of one training run: `config.json`, `metrics.csv`, `metrics.jsonl`, and at the end,
 * be it by an interruption, `model.inkling`, `report.html` and `data/`. Metrics are on disk as soon as their epoch is over.
 */
export class RunFolder {
  readonly path: string;
  /** Whether it was made just now, and not opened again. */
  readonly isNew: boolean;

  private constructor(path: string, { isNew }: { isNew: boolean }) {
    this.path = path;
    this.isNew = isNew;
  }

  get name(): string {
    return basename(this.path);
  }

  /**
   * Makes a new folder `name` below `parent`; a folder that is there already is never written to.
   *
   * @param name - of a folder; without one, the recipe and the time, and a number if that is taken too
   */
  static async create(
    parent: string,
    { name, recipe }: { name: string | undefined; recipe: string },
  ): Promise<RunFolder> {
    const now = new Date();
    await mkdir(parent, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const path = join(parent, name ?? defaultRunName(recipe, now, attempt));
      try {
        await mkdir(path);
        return new RunFolder(path, { isNew: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        if (name !== undefined) {
          throw usageError(
            `--name: must not name a run that exists, got ${path}; runs are never overwritten, --resume goes on with one that was interrupted`,
          );
        }
      }
    }
  }

  /**
   * Opens a run that was begun before.
   *
   * @param run - what to call it in errors
   */
  static async open(path: string, run: string): Promise<RunFolder> {
    const found = await stat(join(path, "config.json")).catch(() => undefined);
    if (found?.isFile()) return new RunFolder(path, { isNew: false });
    throw new DataError(`${run}: must be the folder of a run, got none with a config.json`);
  }

  get modelPath(): string {
    return join(this.path, "model.inkling");
  }

  /**
   * Writes what is needed to do the run again, and opens the metrics.
   *
   * @param history - epochs that are over already; what the metrics told of later ones is dropped
   */
  async begin(config: object, history: readonly EpochRecord[]): Promise<void> {
    if (this.isNew) await this.#write("config.json", `${JSON.stringify(config, undefined, 2)}\n`);
    else await sweepDrafts(this.path);
    await this.#write("metrics.csv", CSV_HEADER + history.map(csvLine).join(""));
    await this.#write("metrics.jsonl", history.map(jsonLine).join(""));
  }

  addEpoch(record: EpochRecord): void {
    this.#append("metrics.csv", csvLine(record));
    this.#append("metrics.jsonl", jsonLine(record));
  }

  /** Writes the report, and in `data/` what its pictures show. */
  async writeReport(report: Report): Promise<void> {
    for (const [name, text] of reportData(report)) await this.#write(join("data", name), text);
    await this.#write("report.html", await renderReport(report));
  }

  /** Marks the run as finished. */
  async writeResult(result: RunResult): Promise<void> {
    await this.#write("result.json", `${JSON.stringify(result, undefined, 2)}\n`);
  }

  /** What the run came to; nothing unless it is finished. */
  async result(): Promise<RunResult | undefined> {
    const text = await readFile(join(this.path, "result.json"), "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as RunResult);
  }

  #append(name: string, text: string): void {
    const path = join(this.path, name);
    try {
      appendFileSync(path, text);
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  async #write(name: string, text: string): Promise<void> {
    await writeFileAtomic(join(this.path, name), text);
  }
}

function jsonLine(record: EpochRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function csvLine(record: EpochRecord): string {
  const { epoch, learningRate, loss, accuracy, validation, seconds, imagesPerSecond } = record;
  const measured = [validation?.loss ?? "", validation?.accuracy ?? ""];
  const row = [epoch, learningRate, loss, accuracy, ...measured, seconds, imagesPerSecond];
  return `${row.join(",")}\n`;
}

/** `mlp-20260131-235959`, local time; `-2` and so on from the second attempt. */
export function defaultRunName(recipe: string, now: Date, attempt = 1): string {
  const two = (value: number) => value.toString().padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  // A recipe from a file may call itself anything: only what is plain goes into a folder's name.
  const plain = basename(recipe, ".json")
    .replaceAll(/[^\w-]+/g, "-")
    .slice(0, 40);
  return `${plain}-${day}-${time}${attempt > 1 ? `-${attempt}` : ""}`;
}
