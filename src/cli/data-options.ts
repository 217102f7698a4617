import { resolve } from "node:path";
import type { Command } from "commander";
import { DataError, nearest } from "../base/index.js";
import {
  type DataSet,
  dataSetCatalog,
  type LabelOptions,
  parseMixture,
  type TableSet,
} from "../data/index.js";
import {
  type DownloadProgress,
  isFile,
  isFolder,
  type LoadDataSetOptions,
  loadDataSet,
  loadTables,
} from "../node/index.js";
import { usageError } from "./command-error.js";
import type { Io } from "./io.js";
import { nonEmpty } from "./option-values.js";
import { bar } from "./terminal/bar.js";
import { bytes, percent } from "./terminal/format.js";
import { LiveLine } from "./terminal/live-line.js";
import { isLive } from "./terminal/style.js";

export interface DataOptions {
  readonly data: string;
  /** Column of the labels of a table. */
  readonly label?: string;
  readonly dataDir?: string;
  readonly offline?: boolean;
  /** What must not be torn apart where a set is split; its samples are split one by one if absent. */
  readonly splitBy?: "writer";
}

/** Adds `--data`, `--label`, `--data-dir` and `--offline`. */
export function addDataOptions(command: Command): Command {
  return addPlaceOptions(
    command
      .option(
        "--data <set>",
        "a named set, synthetic, several (digits:mnist+unipen), a file (npz, npy, mat, parquet, csv, tsv), or a folder of such, of IDX files or of pictures",
        nonEmpty("--data"),
        "mnist",
      )
      .option(
        "--label <column>",
        "the column of a table that holds the labels, or its number where columns have no names (default: label)",
        nonEmpty("--label"),
      ),
  );
}

/** Adds the options that say where named sets are found. */
export function addPlaceOptions(command: Command): Command {
  return command
    .option(
      "--data-dir <folder>",
      "look for named sets here, then in $INKLING_DATA",
      nonEmpty("--data-dir"),
    )
    .option("--offline", "fetch nothing");
}

/** Loads a data set of images, or a table, whose columns stay as they are. */
export async function loadSamples(
  options: DataOptions,
  io: Io,
  labels: LabelOptions = {},
): Promise<DataSet | TableSet> {
  const isNamed =
    dataSetCatalog.some(({ name }) => name === options.data) ||
    parseMixture(options.data) !== undefined;
  const path = resolve(io.cwd, options.data);
  const { data, label } = options;
  const tables = isNamed ? undefined : await loadTables(path, { label, ...labels });
  if (tables !== undefined && options.splitBy !== undefined) {
    throw usageError(`--split-by: is for images whose writers are known, got the table ${data}`);
  }
  if (tables === undefined) {
    if (label === undefined) return loadData(options, io);
    throw usageError(`--label: is for tables, CSV or TSV files, got the data set ${data}`);
  }
  tellNotes(tables, io);
  return tables;
}

/** Loads a data set of images; what has to be fetched is told on stderr. */
export async function loadData(
  { data, label, dataDir, offline = false, splitBy }: DataOptions,
  io: Io,
  options: Pick<LoadDataSetOptions, "contract" | "framing" | "seed"> = {},
): Promise<DataSet> {
  const names = [...dataSetCatalog.map(({ name }) => name), "synthetic"];
  const isNamed = names.includes(data) || parseMixture(data) !== undefined;
  const path = resolve(io.cwd, data);
  if (!isNamed && !(await isFolder(path)) && !(await isFile(path))) {
    const meant = nearest(data, names);
    throw new DataError(
      `data set ${data}: must be a folder, a file or one of ${names.join(", ")}, got none of them${meant ? `; did you mean ${meant}?` : ""}`,
    );
  }
  const download = downloadProgress(io);
  try {
    const set = await loadDataSet(isNamed ? data : path, {
      ...options,
      label,
      ...(dataDir !== undefined && { dataDir: resolve(io.cwd, dataDir) }),
      offline,
      writers: splitBy === "writer",
      env: io.env,
      onProgress: download.onProgress,
    });
    tellNotes(set, io);
    return set;
  } finally {
    download.end();
  }
}

function tellNotes({ name, notes = [] }: Pick<DataSet, "name" | "notes">, io: Io): void {
  for (const note of notes) io.stderr.write(`${name}: ${note}\n`);
}

/** A live bar in a terminal; otherwise a line a file, once it begins. */
function downloadProgress(io: Io) {
  const line = new LiveLine(io.stderr);
  const live = isLive(io.stderr, io.env);
  let announced = "";
  return {
    onProgress({ file, received, total }: DownloadProgress): void {
      if (live && line.isDue) {
        const share = received / total;
        const done = `${percent(share, 0).padStart(5)} of ${bytes(total)}`;
        line.draw(`fetching ${file}  ▕${bar(share, 20)}▏ ${done}`.slice(0, io.stderr.columns - 1));
      } else if (!live && file !== announced) {
        announced = file;
        io.stderr.write(`fetching ${file}, ${bytes(total)}\n`);
      }
    },
    end: () => line.clear(),
  };
}
