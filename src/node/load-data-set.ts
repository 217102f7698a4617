import { join } from "node:path";
import { DataError, Random } from "../base/index.js";
import {
  assembleDataSet,
  type CatalogEntry,
  type DataSet,
  dataSetCatalog,
  filesOf,
  synthetic,
} from "../data/index.js";
import { cacheFolder, type Environment } from "./cache-folder.js";
import { findDataFiles } from "./find-data-files.js";

export interface LoadDataSetOptions {
  /** Looked in first; then the folder `$INKLING_DATA`, then the cache. */
  readonly dataDir?: string;
  /** What is generated rather than read comes from this; 1 if absent. */
  readonly seed?: number;
  readonly env?: Environment;
}

const SYNTHETIC_TRAIN = 20_000;
const SYNTHETIC_TEST = 4_000;

/** Loads a set by its name in the catalogue, or generates `synthetic`. */
export async function loadDataSet(
  name: string,
  options: LoadDataSetOptions = {},
): Promise<DataSet> {
  if (name === "synthetic") return generate(options.seed ?? 1);
  const entry = dataSetCatalog.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new DataError(`data set ${name}: unknown`);
  return loadNamed(entry, options);
}

function generate(seed: number): DataSet {
  const random = new Random(seed);
  return {
    name: "synthetic",
    train: synthetic({ count: SYNTHETIC_TRAIN, random: random.fork("train") }),
    test: synthetic({ count: SYNTHETIC_TEST, random: random.fork("test") }),
    files: [],
  };
}

async function loadNamed(entry: CatalogEntry, options: LoadDataSetOptions): Promise<DataSet> {
  const env = options.env ?? process.env;
  const places = [options.dataDir, env.INKLING_DATA, cacheFolder(env)]
    .filter((place) => place !== undefined && place !== "")
    .map((place) => join(place as string, entry.folder));
  const files = await findDataFiles(filesOf(entry), places);
  if (files !== undefined) return assembleDataSet(entry, files);
  throw new DataError(`data set ${entry.name}: not found in ${places.join(", ")}`);
}
