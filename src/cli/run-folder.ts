import { appendFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Report, renderReport, reportData } from "../evaluate/index.js";
import { writeFileAtomic } from "../node/index.js";
import type { EpochRecord } from "../train/index.js";
import { usageError } from "./command-error.js";

const CSV_HEADER =
  "epoch,learning_rate,loss,accuracy,validation_loss,validation_accuracy,seconds,images_per_second\n";

/**
 * The folder of one training run: `config.json`, `metrics.csv`, `metrics.jsonl`, and at the end,
 * be it by an interruption, `model.inkling`, `report.html` and `data/`. Metrics are on disk as soon as their epoch is over.
 */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
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
        return new RunFolder(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        if (name !== undefined) {
          throw usageError(
            `--name: must not name a run that exists, got ${path}; runs are never overwritten`,
          );
        }
      }
    }
  }

  get modelPath(): string {
    return join(this.path, "model.inkling");
  }

  /** Writes what is needed to do the run again, and opens the metrics. */
  async begin(config: object): Promise<void> {
    await this.#write("config.json", `${JSON.stringify(config, undefined, 2)}\n`);
    await this.#write("metrics.csv", CSV_HEADER);
    await this.#write("metrics.jsonl", "");
  }

  addEpoch(record: EpochRecord): void {
    const { epoch, learningRate, loss, accuracy, validation, seconds, imagesPerSecond } = record;
    const row = [
      epoch,
      learningRate,
      loss,
      accuracy,
      validation?.loss ?? "",
      validation?.accuracy ?? "",
      seconds,
      imagesPerSecond,
    ];
    appendFileSync(join(this.path, "metrics.csv"), `${row.join(",")}\n`);
    appendFileSync(join(this.path, "metrics.jsonl"), `${JSON.stringify(record)}\n`);
  }

  /** Writes the report, and in `data/` what its pictures show. */
  async writeReport(report: Report): Promise<void> {
    for (const [name, text] of reportData(report)) await this.#write(join("data", name), text);
    await this.#write("report.html", await renderReport(report));
  }

  async #write(name: string, text: string): Promise<void> {
    await writeFileAtomic(join(this.path, name), text);
  }
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
