import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Random } from "../../src/base/index.js";

const bin = resolve("bin/inkling.js");
/** Whether there is a command to run in processes of its own. */
export const isBuilt = existsSync("dist/cli/index.js");

/**
 * When a process is killed: at any moment of its life, at its work, as soon as it begins a save, or when
 * it has trained to the end, saved the model and is about to measure it.
 */
export type Moment = "anywhere" | "training" | "saving" | "measuring";

/** What became of the kills. */
export interface KillCount {
  /** Processes that were killed. */
  killed: number;
  /** Of these, those whose half-written checkpoint was found afterwards. */
  insideSave: number;
  /** Processes that were done before the kill. */
  tooLate: number;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
}

/** A run of `inkling train` whose processes are killed one after the other. */
export class KilledRun {
  readonly count: KillCount = { killed: 0, insideSave: 0, tooLate: 0 };
  readonly #cwd: string;
  readonly #name: string;
  readonly #random = new Random(11);

  constructor(cwd: string, name: string) {
    this.#cwd = cwd;
    this.#name = name;
  }

  get folder(): string {
    return join(this.#cwd, "runs", this.#name);
  }

  /** Begins the run and kills it as soon as its settings are on the disk. */
  async begin(argv: readonly string[]): Promise<void> {
    const child = this.#spawn([...argv, "--name", this.#name]);
    const waiting = setInterval(() => {
      if (existsSync(join(this.folder, "config.json"))) child.kill("SIGKILL");
    }, 1);
    await this.#counted(child);
    clearInterval(waiting);
  }

  /**
   * Goes on with the run, and kills.
   *
   * @param withinMs - the longest that is waited where the moment is left to chance
   */
  async resumeAndKill(moment: Moment, every: string, withinMs: number): Promise<void> {
    const child = this.#resume(every);
    const waitMs = this.#random.between(0, withinMs);
    const timers: NodeJS.Timeout[] = [];
    const killAfter = (ms: number) => timers.push(setTimeout(() => child.kill("SIGKILL"), ms));
    if (moment === "anywhere") killAfter(2 * waitMs);
    const watcher = watch(this.folder, (_event, file) => {
      if (moment === "saving" && isDraft(`${file}`)) child.kill("SIGKILL");
      if (moment === "measuring" && file === "model.inkling") child.kill("SIGKILL");
      // The metrics are opened anew when the training goes on.
      if (moment === "training" && file === "metrics.jsonl" && timers.length === 0) {
        killAfter(waitMs);
      }
    });
    await this.#counted(child);
    watcher.close();
    for (const timer of timers) clearTimeout(timer);
  }

  /** Lets the run go on to its end. */
  finish(every: string): Promise<Ended> {
    return ended(this.#resume(every));
  }

  /** Lines of the metrics, without what the clock says. */
  async metrics(): Promise<string[]> {
    const lines = (await readFile(join(this.folder, "metrics.csv"), "utf8")).trimEnd().split("\n");
    return lines.map((line) => line.split(",").slice(0, 6).join(","));
  }

  #resume(every: string): ChildProcess {
    return this.#spawn(["--resume", join("runs", this.#name), "--checkpoint-every", every]);
  }

  #spawn(argv: readonly string[]): ChildProcess {
    const all = [bin, "train", ...argv, "--threads", "1"];
    return spawn(process.execPath, all, { cwd: this.#cwd });
  }

  async #counted(child: ChildProcess): Promise<void> {
    const { code, signal, err } = await ended(child);
    if (signal === "SIGKILL") {
      this.count.killed += 1;
      if (readdirSync(this.folder).some(isDraft)) this.count.insideSave += 1;
    } else if (code === 0) this.count.tooLate += 1;
    else throw new Error(`inkling ended by itself with ${code}: ${err}`);
  }
}

function isDraft(file: string): boolean {
  return /^checkpoint-.*\.tmp$/.test(file);
}

async function ended(child: ChildProcess): Promise<Ended> {
  let err = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout?.resume();
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, err };
}
