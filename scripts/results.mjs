// Trains what docs/results.md tells of, and writes it: npm run results -- --help
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeFileAtomic } from "../dist/node/index.js";
import { reached } from "../dist/zoo/index.js";
import { campaign as published } from "./results/campaign.mjs";
import { activationCurves } from "./results/compare-activations.mjs";
import { resultsDocument } from "./results/document.mjs";
import { figuresOf, togetherFigures } from "./results/figures.mjs";
import { commandOf, finishedRun, jobsOf } from "./results/jobs.mjs";
import { reachedModule } from "./results/reached.mjs";
import { trainMissing } from "./results/train-missing.mjs";
import { writePart } from "./results/write-part.mjs";

const help = `npm run results -- [options]

Trains what is missing of the runs that docs/results.md tells of, and writes it and src/zoo/reached.ts anew.
Runs that are finished are kept; one that was interrupted goes on from its last checkpoint.

  --only <section>    A, B, C, D, E or beyond; may be given again (default: all)
  --long              the rows that take hours, too: wide, mlp-deformed
  --list              say what would be trained and how long it takes, and train nothing
  --write             train nothing, write what there is
  --folder <folder>   where the runs are kept (default: runs/results)
  --threads <n>       default: one a core, at most 8
  --campaign <file>   a campaign of one's own, as JSON
  --into <folder>     the project whose docs and sources are written (default: this one)
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = options();
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
try {
  await main();
} catch (error) {
  console.error(`results: ${error.message}`);
  process.exit(1);
}

async function main() {
  const campaign = values.campaign ? readJson(values.campaign) : published;
  const folder = resolve(values.folder);
  const known = campaign.map(({ id }) => id);
  const stranger = values.only?.find((id) => !known.includes(id));
  if (stranger) throw new Error(`--only: must be one of ${known.join(", ")}, got ${stranger}`);
  const asked = campaign.filter(({ id }) => !values.only || values.only.includes(id));
  const rows = asked.flatMap((section) => section.rows).filter(({ long }) => values.long || !long);
  const jobs = rows.flatMap((row) => jobsOf(row, folder));
  if (values.list) return list(rows, jobs);
  const threads = Number(values.threads);
  mkdirSync(folder, { recursive: true });
  if (!values.write) await trainMissing(jobs, { threads, say: speaker() });
  await write(campaign, folder, threads);
}

function list(rows, jobs) {
  const missing = jobs.filter(({ run }) => finishedRun(run) === undefined);
  for (const row of rows) {
    const left = missing.filter((job) => job.row === row).length;
    console.log(`${commandOf(row)}  ${left} to train, ${Math.ceil((left * row.seconds) / 60)} min`);
  }
  const minutes = Math.ceil(missing.reduce((sum, { row }) => sum + row.seconds, 0) / 60);
  console.log(`${missing.length} of ${jobs.length} to train, about ${minutes} min on two cores`);
}

async function write(campaign, folder, threads) {
  const sections = campaign.map((section) => {
    const all = section.rows.map((row) => ({ row, figures: figuresOf(row, folder) }));
    return {
      ...section,
      figures: all.flatMap(({ figures }) => figures ?? []),
      missing: all.filter(({ figures }) => figures === undefined).map(({ row }) => row),
    };
  });
  const figures = sections.flatMap((section) => section.figures);
  for (const one of figures.filter(({ row }) => row.together)) {
    one.together = await togetherFigures(one, { threads });
  }
  const into = resolve(values.into);
  const text = await resultsDocument(sections, { machine: machineText(figures, threads), threads });
  await writePart(join(into, "docs", "results.md"), "systems", text);
  for (const { compares, missing, figures } of sections) {
    if (compares !== "activations" || missing.length > 0) continue;
    const picture = join(into, "docs", "images", `results-${compares}.svg`);
    await writeFileAtomic(picture, activationCurves(figures));
  }
  await writeFileAtomic(join(into, "src", "zoo", "reached.ts"), reachedModule(figures, reached));
  const count = sections.reduce((sum, { missing }) => sum + missing.length, 0);
  console.log(
    `docs/results.md: ${figures.length} rows${count ? `, ${count} not trained yet` : ""}`,
  );
}

/** When the newest run was finished, and on what all of them are trained here. */
function machineText(figures, threads) {
  const date =
    figures
      .map(({ finishedAt }) => finishedAt)
      .sort()
      .at(-1)
      ?.slice(0, 10) ?? "never";
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  return `Last trained ${date}: ${processor}, ${availableParallelism()} cores, ${threads} threads, Node ${process.versions.node}.`;
}

/** Lines; in a terminal what is passing is overwritten by what comes next, elsewhere it is left out. */
function speaker() {
  const live = process.stdout.isTTY;
  return (text, { passing = false } = {}) => {
    if (!live && passing) return;
    process.stdout.write(live ? `\r\x1b[K${text}${passing ? "" : "\n"}` : `${text}\n`);
  };
}

function options() {
  try {
    return parseArgs({
      options: {
        help: { type: "boolean" },
        only: { type: "string", multiple: true },
        long: { type: "boolean" },
        list: { type: "boolean" },
        write: { type: "boolean" },
        folder: { type: "string", default: join(root, "runs", "results") },
        threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
        campaign: { type: "string" },
        into: { type: "string", default: root },
      },
    });
  } catch ({ message }) {
    console.error(`results: ${message}\n\n${help}`);
    process.exit(2);
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
