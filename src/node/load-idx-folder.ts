import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { DataError } from "../base/index.js";
import {
  assembleDataSet,
  type DataSet,
  dataSetCatalog,
  filesOf,
  type IdxPair,
  type IdxSet,
} from "../data/index.js";
import { listFolder } from "./list-folder.js";

const IMAGES_NAME = /^(.*)images-idx[34]-ubyte(\.gz)?$/;
const TEST_NAME = /t10k|test/i;

/**
 * Loads a folder of IDX files, `*images-idx3-ubyte[.gz]` with `*labels-idx1-ubyte[.gz]`;
 * `undefined` if it holds none.
 *
 * Two pairs, one of which says `t10k` or `test`, are a training and a test set. A single pair
 * serves as both. Files with the distinctive names of a set in the catalogue are read as that set;
 * elsewhere the classes are called after the labels, `0`, `1`, `2` …, and the images are taken to be
 * framed as MNIST's are.
 */
export async function loadIdxFolder(path: string): Promise<DataSet | undefined> {
  const { files } = await listFolder(path);
  const parts = pairUp(path, files);
  if (parts.length === 0) return undefined;
  const set = knownSet(files) ?? describe(path, parts);
  const bytes = new Map<string, Uint8Array>();
  for (const name of filesOf(set)) {
    const present = files.includes(name) ? name : name.replace(/\.gz$/, "");
    bytes.set(name, await readFile(join(path, present)));
  }
  const { train, test, ...rest } = await assembleDataSet(set, bytes);
  return { ...rest, train, test: test ?? train };
}

/** Every file of images with its file of labels. */
function pairUp(path: string, files: readonly string[]): IdxPair[] {
  const parts = new Map<string, IdxPair>();
  for (const images of files) {
    const prefix = IMAGES_NAME.exec(images)?.[1];
    if (prefix === undefined) continue;
    const name = `${prefix}labels-idx1-ubyte`;
    const labels = files.find((file) => file === name || file === `${name}.gz`);
    if (labels === undefined) {
      throw new DataError(`${path}: must hold ${name}[.gz] beside ${images}, got no such file`);
    }
    parts.set(prefix, { images, labels });
  }
  return [...parts.values()];
}

/** The set of the catalogue whose files these are, unless several come into question. */
function knownSet(files: readonly string[]): IdxSet | undefined {
  const isThere = (name: string): boolean =>
    files.includes(name) || files.includes(name.replace(/\.gz$/, ""));
  const known = dataSetCatalog.filter((entry) => filesOf(entry).every(isThere));
  return known.length === 1 ? known[0] : undefined;
}

function describe(path: string, parts: readonly IdxPair[]): IdxSet {
  const folder = basename(resolve(path));
  const set = { name: folder, folder };
  const [first, second] = parts as [IdxPair, IdxPair?];
  if (second === undefined) return { ...set, train: first };
  const isTest = (part: IdxPair): boolean => TEST_NAME.test(part.images);
  if (parts.length > 2 || isTest(first) === isTest(second)) {
    const got = parts.map(({ images }) => images).join(", ");
    throw new DataError(
      `${path}: must hold one pair of IDX files, or one pair for training and one for testing, got ${got}`,
    );
  }
  return isTest(first)
    ? { ...set, train: second, test: first }
    : { ...set, train: first, test: second };
}
