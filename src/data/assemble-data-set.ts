import { DataError } from "../base/index.js";
import type { IdxPair, IdxSet } from "./catalog.js";
import type { DataFile, DataSet } from "./image-set.js";
import { imagesFromIdx, type LabelledIdx } from "./images-from-idx.js";
import { readIdx } from "./read-idx.js";
import { sha256 } from "./sha256.js";
import { splitSheet } from "./sheet.js";

/** The names of the IDX files of a set. */
export function filesOf(set: IdxSet): string[] {
  const parts = set.test === undefined ? [set.train] : [set.train, set.test];
  return parts.flatMap(({ images, labels }) => [images, labels]);
}

/**
 * Makes a data set from the bytes of its IDX files.
 *
 * Transposed images are set upright, and labels count from 0.
 *
 * @param files - by the names of {@link filesOf}; plain or packed by gzip, whatever the name says
 */
export async function assembleDataSet(
  set: IdxSet,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<DataSet> {
  const train = await readPair(set, set.train, files);
  const test = set.test && (await readPair(set, set.test, files));
  const classes = set.classes ?? numbered([train, test ?? train]);
  const meaning = { ...set, classes };
  const first = imagesFromIdx(train, meaning);
  const parts = set.layout
    ? splitSheet(first, set.layout)
    : { train: first, test: test && imagesFromIdx(test, meaning) };
  const used = filesOf(set).map(
    async (name): Promise<DataFile> => ({
      name: `${set.folder}/${name}`,
      sha256: await sha256(bytesOf(set, name, files)),
    }),
  );
  const { name, framing = "mnist" } = set;
  return { name, ...parts, files: await Promise.all(used), framing, fromPictures: false };
}

async function readPair(
  set: IdxSet,
  pair: IdxPair,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<LabelledIdx> {
  const imagesName = `${set.folder}/${pair.images}`;
  const labelsName = `${set.folder}/${pair.labels}`;
  return {
    imagesName,
    labelsName,
    images: await readIdx(bytesOf(set, pair.images, files), imagesName),
    labels: await readIdx(bytesOf(set, pair.labels, files), labelsName),
  };
}

/** Every label up to the greatest that occurs, as a name. */
function numbered(parts: readonly LabelledIdx[]): string[] {
  let greatest = 0;
  for (const { labels } of parts) {
    for (const label of labels.data) if (label > greatest) greatest = label;
  }
  return Array.from({ length: greatest + 1 }, (_, label) => String(label));
}

function bytesOf(set: IdxSet, name: string, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) {
    throw new DataError(`data set ${set.name}: needs the file ${set.folder}/${name}, got none`);
  }
  return bytes;
}
