// Measures Inkling, and with --peers the others beside it: `npm run bench -- --help`.
import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { install } from "./install.mjs";
import { measureKernels } from "./kernels.mjs";
import { describeMachine } from "./machine.mjs";
import { writeSamples } from "./samples.mjs";
import { median, summarize } from "./summary.mjs";
import { MeasuredSystem, ownKinds, peers } from "./systems.mjs";
import { taskText } from "./table.mjs";
import { chosenTasks } from "./tasks.mjs";

const help = `npm run bench -- [options]
npm run bench -- general [options]   every kernel of many networks, as a share of the peak

  --only <prefix>   only tasks whose name begins so: train/mlp; may be given again
  --peers           measure the others too, run by run in turn; installs them the first time
  --peer <name>     only this one of ${Object.keys(peers).join(", ")}; may be given again
  --runs <n>        runs of each system and task (default 5)
  --seconds <s>     length of a run (default 1)
  --threads <n>     threads of every system (default: one a core, at most 8)
  --json <file>     write the results as JSON too
`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean" },
    only: { type: "string", multiple: true, default: [] },
    peers: { type: "boolean" },
    peer: { type: "string", multiple: true, default: [] },
    runs: { type: "string", default: "5" },
    seconds: { type: "string", default: "1" },
    threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
    json: { type: "string" },
  },
});

if (options.help) console.log(help);
else if (positionals.length === 0) await main();
else if (positionals.join(" ") === "general") await general();
else throw new Error(`bench: must be general or nothing, got ${positionals.join(" ")}`);

async function main() {
  const runs = positive("runs");
  const seconds = positive("seconds");
  const threads = positive("threads");
  const tasks = chosenTasks(options.only);
  const { dataSet, folder, samples } = await writeSamples();
  const machine = describeMachine({ threads, dataSet });
  const results = [];
  /** GFLOP/s by number of threads, once measured. */
  const peaks = new Map();
  console.log(
    `${Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}\n`,
  );
  try {
    const asked = askedPeers();
    for (const task of tasks) {
      const { figure, ...rest } = task;
      const request = { threads, seconds, dataSet, samples, ...rest };
      const systems = systemsFor(task, request, asked);
      const rows = await measure(task, systems, { runs, seconds, peaks });
      results.push(...rows.flatMap(({ result }) => result ?? []));
      console.log(taskText(task, rows));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  writeJson(machine, results);
}

async function general() {
  const threads = positive("threads");
  const machine = describeMachine({ threads, dataSet: "none" });
  const setting = { threads, runs: positive("runs"), seconds: positive("seconds") };
  writeJson(machine, await measureKernels(setting));
  process.exit();
}

function writeJson(machine, results) {
  if (!options.json) return;
  writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}

function positive(name) {
  const value = Number(options[name]);
  if (value > 0 && (name === "seconds" || Number.isInteger(value))) return value;
  throw new Error(`--${name}: must be a positive number, got ${options[name]}`);
}

/** The peers asked for, with what keeps each from being measured, if anything. */
function askedPeers() {
  const names = options.peer.length > 0 || !options.peers ? options.peer : Object.keys(peers);
  return names.map((name) => {
    if (!(name in peers))
      throw new Error(`--peer: must be one of ${Object.keys(peers)}, got ${name}`);
    return { system: name, absent: install(peers[name]) };
  });
}

/** What is to be asked for a task, ourselves first. */
function systemsFor({ kind }, request, asked) {
  if (kind === "peak") {
    return [...new Set([1, request.threads])].map((threads) => ({
      system: threads === 1 ? "1 thread" : `${threads} threads`,
      request: { ...request, threads },
    }));
  }
  const others = ownKinds.has(kind) ? [] : asked;
  return [{ system: "inkling" }, ...others].map((it) => ({ ...it, request }));
}

/**
 * Measures the systems run by run in turn, so that what else happens on the machine meets all of
 * them alike. Each begins a round once.
 */
async function measure(task, systems, { runs, seconds, peaks }) {
  const rows = [];
  for (const { system, request, absent } of systems) {
    if (absent !== undefined) rows.push({ system, absent });
    else {
      const measured = new MeasuredSystem(system, request);
      rows.push({ system, request, measured, rates: [], ...(await measured.ready()) });
    }
  }
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < rows.length; i++) await measureOnce(rows[(i + run) % rows.length]);
  }
  for (const { measured } of rows) measured?.close();
  return rows.map(finished);

  async function measureOnce(row) {
    if (row.absent !== undefined) return;
    const { rate, accuracy, absent } = await row.measured.run(seconds);
    if (absent !== undefined) row.absent = absent;
    else row.rates.push(rate);
    if (accuracy !== undefined) (row.accuracies ??= []).push(accuracy);
  }

  function finished({ system, request, rates, note, absent, flops, accuracies }) {
    if (absent !== undefined) return { system, absent };
    const result = summarize(task, system, rates.map(task.figure));
    if (task.kind === "peak") peaks.set(request.threads, result.median);
    const notes = [accuracies && `${meanOf(accuracies)} % right`, note].filter(Boolean);
    return { system, result, note: notes.join("; "), share: shareOfPeak() };

    /** Of the peak of as many threads, where both are known. */
    function shareOfPeak() {
      const peak = peaks.get(request.threads);
      if (!flops || peak === undefined) return undefined;
      return (flops * median(rates)) / 1e9 / peak;
    }
  }
}

function meanOf(accuracies) {
  return ((100 * accuracies.reduce((sum, it) => sum + it, 0)) / accuracies.length).toFixed(2);
}
