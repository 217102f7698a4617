import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../base/index.js";
import { type CatalogEntry, dataSetCatalog, filesOf } from "../data/index.js";
import { cacheFolder, type Environment } from "./cache-folder.js";
import { isFolder } from "./list-folder.js";

export interface LocateOptions {
  /** Looked in first; then the folder `$INKLING_DATA`, then the cache. */
  readonly dataDir?: string;
  readonly env?: Environment;
}

/** Where the files of a set lie. */
export interface DataSetLocation {
  readonly folder: string;
  /** Path by the name of the catalogue; the IDX files, or the sheet the images are cut from. */
  readonly paths: ReadonlyMap<string, string>;
}

/** The folders a set may lie in, in the order in which they are looked at. */
export function foldersFor(
  entry: CatalogEntry,
  { dataDir, env = process.env }: LocateOptions,
): string[] {
  return [dataDir, env.INKLING_DATA, cacheFolder(env)]
    .filter((folder): folder is string => folder !== undefined && folder !== "")
    .map((folder) => join(folder, entry.folder));
}

/**
 * Finds the first folder that holds all files of a set; `undefined` if none does.
 *
 * A file packed by gzip may also lie there unpacked, without the `.gz` of its name.
 *
 * @throws {DataError} when `dataDir` or `$INKLING_DATA` is no folder
 */
export async function locateDataSet(
  entry: CatalogEntry,
  options: LocateOptions = {},
): Promise<DataSetLocation | undefined> {
  const { dataDir, env = process.env } = options;
  for (const place of [dataDir, env.INKLING_DATA]) {
    if (place && !(await isFolder(place))) {
      throw new DataError(`${place}: must be a folder of data sets, got no such folder`);
    }
  }
  for (const folder of foldersFor(entry, options)) {
    const paths = await pathsIn(entry, folder);
    if (paths !== undefined) return { folder, paths };
  }
  return undefined;
}

/** The named sets whose files lie in a data folder, each in a folder of its own. */
export async function dataSetsIn(dataFolder: string): Promise<CatalogEntry[]> {
  const found = await Promise.all(
    dataSetCatalog.map((entry) => pathsIn(entry, join(dataFolder, entry.folder))),
  );
  return dataSetCatalog.filter((_, index) => found[index] !== undefined);
}

/** The set's files in `folder`, or else the sheet it is cut from; nothing unless all are there. */
async function pathsIn(
  entry: CatalogEntry,
  folder: string,
): Promise<Map<string, string> | undefined> {
  const paths = await locateFiles(filesOf(entry), folder);
  if (paths !== undefined || entry.origin?.type !== "sheet") return paths;
  return locateFiles([entry.origin.sheet.name], folder);
}

async function locateFiles(
  names: readonly string[],
  folder: string,
): Promise<Map<string, string> | undefined> {
  const paths = new Map<string, string>();
  for (const name of names) {
    const packed = join(folder, name);
    const plain = packed.replace(/\.gz$/, "");
    if (await isFile(packed)) paths.set(name, packed);
    else if (await isFile(plain)) paths.set(name, plain);
    else return undefined;
  }
  return paths;
}

/** Whether there is a file at `path`. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
