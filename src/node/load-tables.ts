import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DataError } from "../base/index.js";
import {
  type DataFile,
  type DataSet,
  hasLabels,
  type ImageSet,
  isColumnNumber,
  isImageSet,
  type LabelOptions,
  labelTable,
  type RawTable,
  readTable,
  type Table,
  type TableSet,
} from "../data/index.js";
import { isFolder, listFolder } from "./list-folder.js";
import { isFile } from "./locate-data-set.js";

const TABLE_NAME = /\.(csv|tsv)(\.gz)?$/i;
/** The two parts of a folder, as Kaggle calls them. */
const PARTS = { train: /^train\.(csv|tsv)(\.gz)?$/i, test: /^test\.(csv|tsv)(\.gz)?$/i };
const CHUNK_BYTES = 2 ** 20;
/** Columns that an error lists. */
const MAX_NAMED = 6;

/** Whether a file calls itself a table: CSV or TSV, packed by gzip or not. */
export function isTableName(name: string): boolean {
  return TABLE_NAME.test(name);
}

/**
 * Loads a table, or a folder with `train.csv` and maybe `test.csv` (or `.tsv`, or `.gz`); `undefined`
 * where the path is neither. A single table serves as training and test set alike. A `test.csv`
 * without the column of labels is for predictions only, and left out.
 *
 * Tables of pixels are images, see {@link labelTable}; all others keep their columns.
 */
export async function loadTables(
  path: string,
  options: LabelOptions = {},
): Promise<DataSet | TableSet | undefined> {
  const parts = await partsOf(path);
  if (parts === undefined) return undefined;
  const name = basename(resolve(path)).replace(TABLE_NAME, "");
  const train = await readPart(parts.train, options);
  const first = labelTable(train.raw, options);
  if (parts.test === undefined) return setOf(name, [first, first], { files: [train.file] });
  const test = await readPart(parts.test, options);
  const classes = options.classes ?? first.classes;
  const files = [train.file, test.file];
  if (!hasLabels(test.raw, options.label)) {
    const note = `${basename(parts.test)} has no labels: it can be neither trained on nor measured`;
    return setOf(name, [first, undefined], { files, notes: [note] });
  }
  const keepColumns = !isImageSet(first);
  const second = labelTable(test.raw, { ...options, classes, keepColumns });
  return setOf(name, [first, second], { files });
}

/** Loads tables of pixels; throws a `DataError` where they hold anything else. */
export async function loadTableImages(
  path: string,
  options: LabelOptions = {},
): Promise<DataSet | undefined> {
  const set = await loadTables(path, options);
  if (set === undefined || isImageData(set)) return set;
  const { columns, label } = set.train;
  const others = columns.length > MAX_NAMED ? " …" : "";
  const names = `${columns
    .slice(0, MAX_NAMED)
    .map(({ name }) => name)
    .join(", ")}${others}`;
  throw new DataError(
    `${path}: must be a table of pixels, as many as a square has, whole from 0 to 255, got ${label} and ${names}; such tables are for \`inkling train\` and \`inkling evaluate\``,
  );
}

export function isImageData(set: DataSet | TableSet): set is DataSet {
  return isImageSet(set.train);
}

async function partsOf(path: string): Promise<{ train: string; test?: string } | undefined> {
  if (isTableName(path) && (await isFile(path))) return { train: path };
  if (!(await isFolder(path))) return undefined;
  const { files } = await listFolder(path);
  const named = (pattern: RegExp) => files.find((file) => pattern.test(file));
  const [train, test] = [named(PARTS.train), named(PARTS.test)];
  if (train === undefined) return undefined;
  return { train: join(path, train), ...(test !== undefined && { test: join(path, test) }) };
}

/** Reads a table and takes its digest on the way. */
async function readPart(
  path: string,
  { label }: LabelOptions,
): Promise<{ raw: RawTable; file: DataFile }> {
  const digest = createHash("sha256");
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      digest.update(chunk as Uint8Array);
      yield chunk as Uint8Array;
    }
  }
  const raw = await readTable(watched(), path, { mayHaveHeader: !isColumnNumber(label) });
  const name = `${basename(dirname(resolve(path)))}/${basename(path)}`;
  return { raw, file: { name, sha256: digest.digest("hex") } };
}

function setOf(
  name: string,
  [train, test]: readonly [ImageSet | Table, ImageSet | Table | undefined],
  rest: { readonly files: readonly DataFile[]; readonly notes?: readonly string[] },
): DataSet | TableSet {
  if (isImageSet(train) && (test === undefined || isImageSet(test))) {
    return { name, train, test, framing: "mnist", fromPictures: false, ...rest };
  }
  if (!isImageSet(train) && (test === undefined || !isImageSet(test))) {
    return { name, train, test, ...rest };
  }
  const [pixels, features] = isImageSet(train) ? ["train", "test"] : ["test", "train"];
  throw new DataError(
    `${name}: both tables must be of one kind, got pixels in ${pixels} and other columns in ${features}`,
  );
}
