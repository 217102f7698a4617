import { availableParallelism, cpus } from "node:os";
import { resolve } from "node:path";
import { Command } from "commander";
import { bundledModels, cacheFolder, dataSetsIn } from "../../node/index.js";
import { openBackend, threadsOf } from "../backend.js";
import type { Io } from "../io.js";
import { nonEmpty } from "../option-values.js";
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
    .option("--data-dir <folder>", "a folder of data sets to look in first", nonEmpty("--data-dir"))
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
    data: await dataPlaces(dataDir, io),
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
async function dataPlaces(dataDir: string | undefined, io: Io) {
  const places = [
    { source: "--data-dir", folder: dataDir && resolve(io.cwd, dataDir) },
    { source: "INKLING_DATA", folder: io.env.INKLING_DATA },
    { source: "cache", folder: cacheFolder(io.env) },
  ];
  const named = places.flatMap(({ source, folder }) => (folder ? [{ source, folder }] : []));
  return Promise.all(
    named.map(async ({ source, folder }) => {
      const sets = (await dataSetsIn(folder)).map(({ name }) => name);
      return { source, folder, sets };
    }),
  );
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
