import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { finishedRun } from "./jobs.mjs";

const program = fileURLToPath(new URL("../../bin/inkling.js", import.meta.url));

/**
 * Trains what is not finished yet, one after the other. A run that was begun goes on from its last
 * checkpoint; where it has none, it is begun anew. Tells each training on a line, with the time left.
 */
export async function trainMissing(jobs, { threads, say }) {
  const missing = jobs.filter(({ run }) => finishedRun(run) === undefined);
  say(`${jobs.length - missing.length} of ${jobs.length} trainings are done`);
  const pace = new Pace(missing);
  for (const [index, job] of missing.entries()) {
    const startMs = performance.now();
    say(`${index + 1}/${missing.length}  ${basename(job.run)}  ${pace.left(index)} left`);
    const resumed = existsSync(job.run) && (await resume(job, { threads, say }));
    if (!resumed) await trainAnew(job, { threads, say });
    if (finishedRun(job.run) === undefined) throw new Error(`${job.run}: the run left no result`);
    pace.add(job, (performance.now() - startMs) / 1000);
  }
}

async function resume({ run }, { threads, say }) {
  return (await inkling(["--resume", run, "--threads", `${threads}`], say)) === 0;
}

async function trainAnew({ run, argv }, { threads, say }) {
  rmSync(run, { recursive: true, force: true });
  const place = ["--out", dirname(run), "--name", basename(run), "--threads", `${threads}`];
  const code = await inkling([...argv, ...place], say);
  if (code !== 0) throw new Error(`inkling train ${argv.join(" ")}: ended with ${code}`);
}

/** Runs `inkling train`, its epochs told; resolves to its exit code. */
async function inkling(argv, say) {
  const child = spawn(process.execPath, [program, "train", ...argv, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, epoch, loss, accuracy, imagesPerSecond } = JSON.parse(line);
    if (event !== "epoch") continue;
    const rate = Math.round(imagesPerSecond).toLocaleString("en");
    say(`  epoch ${epoch}  loss ${loss.toFixed(4)}  accuracy ${percent(accuracy)}  ${rate}/s`, {
      passing: true,
    });
  }
  return ended;
}

/** How long the trainings took that are done, against what they were thought to take. */
class Pace {
  #expected;
  #thought = 0;
  #taken = 0;

  constructor(jobs) {
    this.#expected = jobs.map(({ row }) => row.seconds);
  }

  add({ row }, seconds) {
    this.#thought += row.seconds;
    this.#taken += seconds;
  }

  /** Of the trainings from `index` on. */
  left(index) {
    const factor = this.#thought === 0 ? 1 : this.#taken / this.#thought;
    const seconds = factor * this.#expected.slice(index).reduce((sum, each) => sum + each, 0);
    return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  }
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
