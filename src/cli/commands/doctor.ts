import { existsSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { type CatalogEntry, dataSetCatalog, filesOf } from "../../data/index.js";
import { bundledModels, cacheFolder } from "../../node/index.js";
import { openBackend, threadsOf } from "../backend.js";
import type { Io } from "../io.js";
import { printJson } from "../print-json.js";
import { failureLine } from "../report-failure.js";
import { styleFor } from "../terminal/style.js";
import { formatTable } from "../terminal/table.js";
import { version } from "../version.js";

interface DoctorOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

export function doctorCommand(io: Io): Command {
  return new Command("doctor")
    .description("Tells what this machine can do, and where data is looked for.")
    .option("--data-dir <folder>", "a folder of data sets to look in first")
    .option("--json", "print it as JSON")
    .addHelpText("after", "\nExamples:\n  inkling doctor\n  inkling doctor --json")
    .action((options: DoctorOptions) => doctor(options, io));
}

async function doctor(options: DoctorOptions, io: Io): Promise<void> {
  const findings = await examine(options, io);
  if (options.json) printJson(io, findings);
  else io.stdout.write(findingsText(findings, io));
}

async function examine({ dataDir }: DoctorOptions, io: Io) {
  return {
    inkling: version(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    threads: threadsOf({ device: "auto" }),
    backend: await backendDescription(),
    models: await bundledModels(),
    data: dataPlaces(dataDir, io),
  };
}

/** What training would run on; a machine that cannot is told so, not failed. */
function backendDescription(): Promise<string> {
  return openBackend({ device: "auto" }).then(
    ({ description }) => description,
    (error: unknown) => `none: ${failureLine(error)}`,
  );
}

/** The folders named sets are looked for in, in that order, and the sets that are there. */
function dataPlaces(dataDir: string | undefined, io: Io) {
  const places = [
    { source: "--data-dir", folder: dataDir && resolve(io.cwd, dataDir) },
    { source: "INKLING_DATA", folder: io.env.INKLING_DATA },
    { source: "cache", folder: cacheFolder(io.env) },
  ];
  return places.flatMap(({ source, folder }) =>
    folder ? [{ source, folder, sets: setsIn(folder) }] : [],
  );
}

function setsIn(place: string): string[] {
  const isThere = (entry: CatalogEntry) =>
    filesOf(entry).every((name) => {
      const path = join(place, entry.folder, name);
      return existsSync(path) || existsSync(path.replace(/\.gz$/, ""));
    });
  return dataSetCatalog.filter(isThere).map(({ name }) => name);
}

function findingsText(findings: Awaited<ReturnType<typeof examine>>, io: Io): string {
  const { dim } = styleFor(io.stdout, io.env);
  const rows = [
    ["inkling", findings.inkling],
    ["node", `${findings.node}, ${findings.platform}`],
    ["processor", `${findings.processor}, ${findings.cores} cores`],
    ["threads", `${findings.threads}`],
    ["backend", findings.backend],
    ["models", findings.models.join(", ") || "none bundled"],
    ...findings.data.map(({ source, folder, sets }, index) => [
      index === 0 ? "data" : "",
      `${folder} ${dim(`(${source})`)}: ${sets.join(", ") || "nothing yet"}`,
    ]),
  ];
  return formatTable(
    rows.map(([name, value]) => [dim(name!), value!]),
    "ll",
  );
}
