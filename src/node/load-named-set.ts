import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../base/index.js";
import {
  assembleDataSet,
  type CatalogEntry,
  cutSheet,
  type DataSet,
  type Origin,
  sha256,
  splitSheet,
} from "../data/index.js";
import { cacheFolder } from "./cache-folder.js";
import type { DownloadOptions } from "./download.js";
import { fetchDataFiles } from "./fetch-data-files.js";
import { loadPicture } from "./load-picture.js";
import { loadWriters, unknownWriters } from "./load-writers.js";
import {
  type DataSetLocation,
  foldersFor,
  type LocateOptions,
  locateDataSet,
} from "./locate-data-set.js";

export interface LoadNamedSetOptions extends LocateOptions, DownloadOptions {
  /** Whether nothing may be fetched. */
  readonly offline?: boolean;
  /** Whether the set must tell who wrote its training images. */
  readonly writers?: boolean;
}

/**
 * Loads a set of the catalogue from the first of `dataDir`, `$INKLING_DATA` and the cache that
 * holds its files, in a folder of the set's own; else fetches them into the cache.
 *
 * @throws {DataError} naming the ways out, when it is nowhere to be had
 */
export async function loadNamedSet(
  entry: CatalogEntry,
  options: LoadNamedSetOptions = {},
): Promise<DataSet> {
  if (options.writers && entry.writers === undefined) throw unknownWriters(entry.name);
  const location = (await locateDataSet(entry, options)) ?? (await fetchSet(entry, options));
  const files = new Map<string, Uint8Array>();
  for (const [name, path] of location.paths) files.set(name, await readFile(path));
  const { origin } = entry;
  const sheet = origin?.type === "sheet" ? files.get(origin.sheet.name) : undefined;
  const set =
    origin?.type === "sheet" && sheet !== undefined
      ? await setFromSheet(entry, origin, sheet)
      : await assembleDataSet(entry, files);
  if (!options.writers || entry.writers === undefined) return set;
  const path = join(location.folder, entry.writers);
  return { ...set, writers: await loadWriters(path, set.train.count) };
}

async function fetchSet(
  entry: CatalogEntry,
  options: LoadNamedSetOptions,
): Promise<DataSetLocation> {
  if (entry.origin === undefined || options.offline) throw absent(entry, options);
  try {
    const folder = join(cacheFolder(options.env), entry.folder);
    await fetchDataFiles(entry, entry.origin, folder, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw absent(entry, options, cause);
  }
  const location = await locateDataSet(entry, options);
  if (location === undefined) throw absent(entry, options);
  return location;
}

async function setFromSheet(
  { name, classes, folder, framing = "mnist" }: CatalogEntry,
  { sheet, layout }: Extract<Origin, { type: "sheet" }>,
  bytes: Uint8Array,
): Promise<DataSet> {
  const file = `${folder}/${sheet.name}`;
  const cells = cutSheet(await loadPicture(bytes, file), layout, { classes, source: file });
  const files = [{ name: file, sha256: await sha256(bytes) }];
  return { name, ...splitSheet(cells, layout), files, framing, fromPictures: false };
}

function absent(entry: CatalogEntry, options: LoadNamedSetOptions, cause?: unknown): DataError {
  const looked = foldersFor(entry, options).join(", ");
  const failed = cause instanceof Error ? `; ${cause.message}` : "";
  const local = `name the folder that holds ${entry.folder}/ with --data-dir, set INKLING_DATA to it`;
  const ways = entry.origin
    ? `${local}, or connect and run: inkling data get ${entry.name}`
    : `${local.replace(", set", " or set")}; this set is not fetched`;
  return new DataError(
    `data set ${entry.name}: its files must be at hand, got none in ${looked}; ${ways}${failed}`,
    { cause },
  );
}
