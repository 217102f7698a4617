import { join } from "node:path";
import { DataError } from "../base/index.js";
import {
  type CatalogEntry,
  filesOf,
  type Origin,
  publicFilesOf,
  readZipDirectory,
  readZipMember,
} from "../data/index.js";
import { type DownloadOptions, download } from "./download.js";
import { fileSource } from "./file-source.js";
import { isFile } from "./locate-data-set.js";
import { writeFileAtomic } from "./write-file-atomic.js";

/** Most bytes one file taken out of an archive may have. */
const MAX_MEMBER = 2 ** 30;

/**
 * Fetches to `folder` what a set is made of, and leaves alone what lies there already.
 *
 * An archive stays beside the files taken out of it: EMNIST's holds those of all its sets.
 */
export async function fetchDataFiles(
  entry: CatalogEntry,
  origin: Origin,
  folder: string,
  options: DownloadOptions = {},
): Promise<void> {
  for (const file of publicFilesOf(origin)) {
    const target = join(folder, file.name);
    if (!(await isFile(target))) await download(file, target, options);
  }
  if (origin.type === "zip") await unpack(entry, origin, folder);
}

async function unpack(
  entry: CatalogEntry,
  { archive, prefix }: Extract<Origin, { type: "zip" }>,
  folder: string,
): Promise<void> {
  const source = await fileSource(join(folder, archive.name));
  const members = await readZipDirectory(source);
  for (const name of filesOf(entry)) {
    const target = join(folder, name);
    if (await isFile(target)) continue;
    const member = members.find((candidate) => candidate.name === prefix + name);
    if (member === undefined) {
      throw new DataError(`${archive.name}: must hold ${prefix}${name}, got no such file`);
    }
    await writeFileAtomic(target, await readZipMember(source, member, { limit: MAX_MEMBER }));
  }
}
