import { DataError } from "../base/index.js";
import type { CatalogEntry, CatalogPart } from "./catalog.js";
import type { DataFile, DataSet, ImageSet } from "./image-set.js";
import { imagesFromIdx } from "./images-from-idx.js";
import { readIdx } from "./read-idx.js";
import { sha256 } from "./sha256.js";
import { splitSheet } from "./sheet.js";

/** The names of the IDX files of a set. */
export function filesOf(entry: CatalogEntry): string[] {
  const parts = entry.test === undefined ? [entry.train] : [entry.train, entry.test];
  return parts.flatMap(({ images, labels }) => [images, labels]);
}

/**
 * Makes a named set from the bytes of its files.
 *
 * Transposed images are set upright, and labels count from 0.
 *
 * @param files - by the names of {@link filesOf}; plain or packed by gzip, whatever the name says
 */
export async function assembleDataSet(
  entry: CatalogEntry,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<DataSet> {
  const read = (part: CatalogPart): Promise<ImageSet> => readPart(entry, part, files);
  const train = await read(entry.train);
  const parts =
    entry.origin?.type === "sheet"
      ? splitSheet(train, entry.origin.layout)
      : { train, test: entry.test && (await read(entry.test)) };
  const used = filesOf(entry).map(
    async (name): Promise<DataFile> => ({
      name: `${entry.folder}/${name}`,
      sha256: await sha256(bytesOf(entry, name, files)),
    }),
  );
  return { name: entry.name, ...parts, files: await Promise.all(used) };
}

async function readPart(
  entry: CatalogEntry,
  part: CatalogPart,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ImageSet> {
  const [imagesName, labelsName] = [part.images, part.labels].map(
    (name) => `${entry.folder}/${name}`,
  );
  const images = await readIdx(bytesOf(entry, part.images, files), imagesName);
  const labels = await readIdx(bytesOf(entry, part.labels, files), labelsName);
  return imagesFromIdx({ images, labels, imagesName, labelsName }, entry);
}

function bytesOf(
  entry: CatalogEntry,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) {
    throw new DataError(`data set ${entry.name}: needs the file ${entry.folder}/${name}, got none`);
  }
  return bytes;
}
